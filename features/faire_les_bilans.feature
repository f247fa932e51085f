# language: fr
Fonctionnalité: Faire le bilan de chaque année
  Un bilan regarde une période écoulée, ou qui se termine, d'une convention signée, une fois.
  Il est complet quand le comité de pilotage le tient, qu'il dit l'état de chaque action du plan, et que le compte rendu de
  la réunion est approuvé dans les quarante-cinq jours.

  Contexte:
    Étant donné que nous sommes le 1er février 2024
    Et le territoire « Gascogne Toulousaine » et ses partenaires
    Et une convention ouverte du 1er janvier 2025 au 31 décembre 2029
    Et que nous sommes le 30 septembre 2024
    Et que le diagnostic est partagé le 14 mai 2024, avec un constat sur la mobilité
    Et qu'un forum sur la mobilité réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 5 juin 2024
    Et que le comité de pilotage décide : choix d'une priorité
    Et que la priorité « Navette » est choisie sur la mobilité
    Et que la fiche action « Navette du marché » est rédigée pour la priorité « Navette »
    Et que le comité de pilotage décide : validation du plan d'actions
    Et que le plan d'actions est validé avec la fiche « Navette du marché », sur le texte « Convention »
    Et que nous sommes le 20 décembre 2024
    Et que l'intercommunalité délibère le 2 décembre 2024, exécutoire le 5 décembre 2024
    Et que l'intercommunalité signe le texte « Convention » le 9 décembre 2024

  @R20 @accepted @refused
  Scénario: Le bilan d'une année close, une seule fois
    Étant donné que la Caf décide de signer le 2 décembre 2024
    Et que la Caf signe le texte « Convention » le 9 décembre 2024
    Et que nous sommes le 20 mars 2026
    Et que le comité de pilotage décide : validation d'un bilan
    Quand le bilan annuel de 2025 est enregistré
    Alors c'est accepté
    Quand le bilan annuel de 2025 est enregistré
    Alors c'est refusé : « Le bilan de cette période est déjà fait »

  @R20 @irregular
  Scénario: Le bilan d'une année qui ne touche pas à sa fin
    Étant donné que la Caf décide de signer le 2 décembre 2024
    Et que la Caf signe le texte « Convention » le 9 décembre 2024
    Et que nous sommes le 15 septembre 2025
    Et que le comité de pilotage décide : validation d'un bilan
    Quand le bilan annuel de 2025 est enregistré
    Alors le fait est gardé, mais irrégulier

  @R20 @accepted
  Scénario: Le bilan d'un comité tenu en fin d'année compte
    Étant donné que la Caf décide de signer le 2 décembre 2024
    Et que la Caf signe le texte « Convention » le 9 décembre 2024
    Et que nous sommes le 15 décembre 2025
    Et que le comité de pilotage décide : validation d'un bilan
    Quand le bilan annuel de 2025 est enregistré
    Alors c'est accepté

  @R20 @irregular
  Scénario: Le bilan d'une convention qui n'est pas signée
    Étant donné que nous sommes le 20 mars 2026
    Et que le comité de pilotage décide : validation d'un bilan
    Quand le bilan annuel de 2025 est enregistré
    Alors le fait est gardé, mais irrégulier

  @R20 @accepted
  Scénario: Un bilan fait trop tôt n'empêche pas le vrai bilan
    Étant donné que la Caf décide de signer le 2 décembre 2024
    Et que la Caf signe le texte « Convention » le 9 décembre 2024
    Et que nous sommes le 15 septembre 2025
    Et que le comité de pilotage décide : validation d'un bilan
    Et que le bilan annuel de 2025 est enregistré
    Et que nous sommes le 20 mars 2026
    Et que le comité de pilotage décide : validation d'un bilan
    Quand le bilan annuel de 2025 est enregistré
    Alors c'est accepté

  @R20 @refused
  Scénario: Un bilan irrégulier n'est pas enregistré deux fois non plus
    Étant donné que la Caf décide de signer le 2 décembre 2024
    Et que la Caf signe le texte « Convention » le 9 décembre 2024
    Et que nous sommes le 15 septembre 2025
    Et que le comité de pilotage décide : validation d'un bilan
    Et que le bilan annuel de 2025 est enregistré
    Quand le bilan annuel de 2025 est enregistré
    Alors c'est refusé : « déjà enregistré, et ne compte pas »

  @R21 @notice
  Scénario: Un bilan dont le compte rendu attend d'être approuvé compte tant que court le délai, et n'y compte plus après
    Étant donné que la Caf décide de signer le 2 décembre 2024
    Et que la Caf signe le texte « Convention » le 9 décembre 2024
    Et que nous sommes le 20 mars 2026
    Et que le comité de pilotage décide : validation d'un bilan
    Quand le bilan annuel de 2025 est enregistré
    Alors c'est accepté, avec un signalement : « Le compte rendu de la réunion du 20 mars 2026 n'est pas encore approuvé »
    Et l'échéance « bilan annuel » est tenue le 20 mars 2026, avec 0 jours de retard
    Étant donné que nous sommes le 4 mai 2026
    Alors l'échéance « bilan annuel » est tenue le 20 mars 2026, avec 0 jours de retard
    Étant donné que nous sommes le 5 mai 2026
    Alors l'échéance « bilan annuel » est manquée
    Étant donné que le compte rendu de cette réunion est rédigé et approuvé
    Alors l'échéance « bilan annuel » est tenue le 20 mars 2026, avec 0 jours de retard

  @R21 @refused
  Scénario: Un bilan dont le compte rendu n'est pas approuvé à temps ne se publie pas
    Étant donné que la Caf décide de signer le 2 décembre 2024
    Et que la Caf signe le texte « Convention » le 9 décembre 2024
    Et que nous sommes le 20 mars 2026
    Et que le comité de pilotage décide : validation d'un bilan
    Et que le bilan annuel de 2025 est enregistré
    Et que nous sommes le 11 mai 2026
    Quand le bilan est publié au public
    Alors c'est refusé : « attend l'approbation de son compte rendu »

  @R21 @irregular
  Scénario: Un bilan enregistré après le délai, sans compte rendu approuvé, est gardé et ne compte pas
    Étant donné que la Caf décide de signer le 2 décembre 2024
    Et que la Caf signe le texte « Convention » le 9 décembre 2024
    Et que nous sommes le 20 mars 2026
    Et que le comité de pilotage décide : validation d'un bilan
    Et que nous sommes le 11 mai 2026
    Quand le bilan annuel de 2025 est enregistré, tenu le 20 mars 2026
    Alors le fait est gardé, mais irrégulier
    Et l'échéance « bilan annuel » est manquée

  @R21 @accepted
  Scénario: Le même bilan, une fois le compte rendu approuvé, s'enregistre de nouveau et compte
    Étant donné que la Caf décide de signer le 2 décembre 2024
    Et que la Caf signe le texte « Convention » le 9 décembre 2024
    Et que nous sommes le 20 mars 2026
    Et que le comité de pilotage décide : validation d'un bilan
    Et que nous sommes le 11 mai 2026
    Et que le bilan annuel de 2025 est enregistré, tenu le 20 mars 2026
    Et que le compte rendu de cette réunion est rédigé et approuvé
    Quand le bilan annuel de 2025 est enregistré, tenu le 20 mars 2026
    Alors c'est accepté
    Et l'échéance « bilan annuel » est tenue le 20 mars 2026, avec 0 jours de retard

  @R21 @waived
  Scénario: Le comité dispense d'attendre le compte rendu
    Étant donné que la Caf décide de signer le 2 décembre 2024
    Et que la Caf signe le texte « Convention » le 9 décembre 2024
    Et que nous sommes le 20 mars 2026
    Et que le comité de pilotage décide : dérogation motivée
    Et que le comité de pilotage dispense d'avoir un bilan complet jusqu'au 31 décembre 2026
    Et que le comité de pilotage décide : validation d'un bilan
    Et que nous sommes le 11 mai 2026
    Quand le bilan annuel de 2025 est enregistré, tenu le 20 mars 2026
    Alors c'est accepté par dérogation : « devait être approuvé le 4 mai 2026 au plus tard »
    Et l'échéance « bilan annuel » est tenue le 20 mars 2026, avec 0 jours de retard

  @R21 @irregular
  Scénario: Un bilan qui ne dit pas l'état de chaque action est gardé, et ne compte pas
    Étant donné que la Caf décide de signer le 2 décembre 2024
    Et que la Caf signe le texte « Convention » le 9 décembre 2024
    Et que nous sommes le 20 mars 2026
    Et que le comité de pilotage décide : validation d'un bilan
    Quand le bilan annuel de 2025 est enregistré, sans dire l'état des actions
    Alors le fait est gardé, mais irrégulier
    Et l'échéance « bilan annuel » est fixée au 31 mars 2026

  @R21 @accepted
  Scénario: Le même bilan, complété, compte
    Étant donné que la Caf décide de signer le 2 décembre 2024
    Et que la Caf signe le texte « Convention » le 9 décembre 2024
    Et que nous sommes le 20 mars 2026
    Et que le comité de pilotage décide : validation d'un bilan
    Et que le bilan annuel de 2025 est enregistré, sans dire l'état des actions
    Quand le bilan annuel de 2025 est enregistré, avec son compte rendu
    Alors c'est accepté
    Et l'échéance « bilan annuel » est tenue le 20 mars 2026, avec 0 jours de retard

  @R21 @irregular
  Scénario: Un bilan tenu par le comité technique ne compte pas
    Étant donné que la Caf décide de signer le 2 décembre 2024
    Et que la Caf signe le texte « Convention » le 9 décembre 2024
    Et que nous sommes le 20 mars 2026
    Et que le comité technique décide : validation d'un bilan
    Quand le bilan annuel de 2025 est enregistré
    Alors le fait est gardé, mais irrégulier

  @R21 @waived
  Scénario: Le comité dispense de dire l'état de chaque action
    Étant donné que la Caf décide de signer le 2 décembre 2024
    Et que la Caf signe le texte « Convention » le 9 décembre 2024
    Et que nous sommes le 20 mars 2026
    Et que le comité de pilotage décide : dérogation motivée
    Et que le comité de pilotage dispense de dire l'état de chaque action au bilan jusqu'au 31 décembre 2026
    Et que le comité de pilotage décide : validation d'un bilan
    Quand le bilan annuel de 2025 est enregistré, sans dire l'état des actions
    Alors c'est accepté par dérogation : « il ne dit pas l'état de toutes les actions du plan »
    Et l'échéance « bilan annuel » est tenue le 20 mars 2026, avec 0 jours de retard

  @R20 @refused
  Scénario: Un bilan incomplet ne se redit pas sans ce qui lui manquait
    Étant donné que la Caf décide de signer le 2 décembre 2024
    Et que la Caf signe le texte « Convention » le 9 décembre 2024
    Et que nous sommes le 20 mars 2026
    Et que le comité de pilotage décide : validation d'un bilan
    Et que le bilan annuel de 2025 est enregistré, sans dire l'état des actions
    Quand le bilan annuel de 2025 est enregistré, sans dire l'état des actions
    Alors c'est refusé : « déjà enregistré, et ne compte pas »

  @R21 @accepted
  Scénario: L'état que le porteur a rapporté est celui que voit le comité
    Étant donné que la Caf décide de signer le 2 décembre 2024
    Et que la Caf signe le texte « Convention » le 9 décembre 2024
    Et que nous sommes le 10 mars 2026
    Et que l'intercommunalité dit l'action « Navette du marché » en cours, à 40 %
    Et que nous sommes le 20 mars 2026
    Et que le comité de pilotage décide : validation d'un bilan
    Quand le bilan annuel de 2025 est enregistré, sans dire l'état des actions, avec son compte rendu
    Alors c'est accepté
    Et l'échéance « bilan annuel » est tenue le 20 mars 2026, avec 0 jours de retard

  @R21 @irregular
  Scénario: Un état rapporté avant la période ne dit rien de la période
    Étant donné que la Caf décide de signer le 2 décembre 2024
    Et que la Caf signe le texte « Convention » le 9 décembre 2024
    Et que nous sommes le 20 décembre 2025
    Et que l'intercommunalité dit l'action « Navette du marché » en cours, à 40 %
    Et que nous sommes le 20 mars 2027
    Et que le comité de pilotage décide : validation d'un bilan
    Quand le bilan annuel de 2026 est enregistré, sans dire l'état des actions
    Alors le fait est gardé, mais irrégulier
