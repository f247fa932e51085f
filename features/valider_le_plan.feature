# language: fr
Fonctionnalité: Valider un plan complet
  Le comité valide un plan où toute priorité a une action, et toute action un porteur, des dates et un indicateur,
  ou une date à laquelle elle en aura un. Les thèmes que demande la méthode y sont, ou l'on dit pourquoi ils n'y sont pas.

  Contexte:
    Étant donné que nous sommes le 1er février 2024
    Et le territoire « Gascogne Toulousaine » et ses partenaires
    Et une convention ouverte du 1er janvier 2025 au 31 décembre 2029
    Et que nous sommes le 30 septembre 2024
    Et que le diagnostic est partagé le 14 mai 2024, avec des constats sur la mobilité et la parentalité
    Et qu'un forum sur la mobilité et la parentalité réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 5 juin 2024
    Et que le comité de pilotage décide : choix d'une priorité
    Et que la priorité « Navette » est choisie sur la mobilité
    Et que la fiche action « Navette du marché » est rédigée pour la priorité « Navette »

  @R11 @accepted
  Scénario: Une seule date promet les indicateurs de toutes les fiches
    Étant donné que le comité de pilotage décide : validation du plan d'actions
    Quand le plan d'actions est validé avec la fiche « Navette du marché », sur le texte « Convention »
    Alors c'est accepté

  @R11 @refused
  Scénario: Sans indicateur ni promesse, le plan n'est pas complet
    Étant donné que le comité de pilotage décide : validation du plan d'actions
    Quand le plan d'actions est validé avec la fiche « Navette du marché », sur le texte « Convention », sans promettre d'indicateur
    Alors c'est refusé : « Fiches action sans indicateur : 1 »

  @R11 @refused
  Scénario: Une priorité sans action, une action sans porteur ni dates : tout est dit d'un coup
    Étant donné que la priorité « Parents » est choisie sur la parentalité
    Et que la fiche action « Bus du soir » est rédigée pour la priorité « Navette », sans porteur ni dates
    Et que le comité de pilotage décide : validation du plan d'actions
    Quand le plan d'actions est validé avec la fiche « Bus du soir », sur le texte « Convention »
    Alors c'est refusé : « Priorités sans aucune action dans le plan : 1 »
    Et c'est aussi refusé parce que : « Fiches action sans porteur : 1 »
    Et c'est aussi refusé parce que : « Fiches action sans dates : 1 »

  @R11 @waived
  Scénario: Le comité valide en connaissance de cause un plan incomplet
    Étant donné que le comité de pilotage décide : dérogation motivée
    Et que le comité de pilotage dispense de compléter le plan jusqu'au 31 décembre 2024
    Et que le comité de pilotage décide : validation du plan d'actions
    Quand le plan d'actions est validé avec la fiche « Navette du marché », sur le texte « Convention », sans promettre d'indicateur
    Alors c'est accepté par dérogation : « sans indicateur »

  @R12 @accepted
  Scénario: Un thème demandé se laisse de côté, et l'on dit pourquoi
    Étant donné que le comité de pilotage décide : validation du plan d'actions
    Quand le plan d'actions est validé avec la fiche « Navette du marché », sur le texte « Convention »
    Alors c'est accepté

  @R12 @refused
  Scénario: Un thème demandé n'est pas oublié en silence
    Étant donné que le comité de pilotage décide : validation du plan d'actions
    Quand le plan d'actions est validé avec la fiche « Navette du marché », sur le texte « Convention », sans rien dire des autres thèmes
    Alors c'est refusé : « petite enfance »

  @R12 @waived
  Scénario: Le comité dispense des thèmes demandés
    Étant donné que le comité de pilotage décide : dérogation motivée
    Et que le comité de pilotage dispense de traiter les thèmes de la circulaire jusqu'au 31 décembre 2024
    Et que le comité de pilotage décide : validation du plan d'actions
    Quand le plan d'actions est validé avec la fiche « Navette du marché », sur le texte « Convention », sans rien dire des autres thèmes
    Alors c'est accepté par dérogation : « petite enfance »

  @R22 @accepted
  Scénario: Un plan signé s'adapte quand le changement est mineur
    Étant donné que le comité de pilotage décide : validation du plan d'actions
    Et que le plan d'actions est validé avec la fiche « Navette du marché », sur le texte « Convention »
    Et que nous sommes le 20 décembre 2024
    Et que l'intercommunalité délibère le 2 décembre 2024, exécutoire le 5 décembre 2024
    Et que la Caf décide de signer le 3 décembre 2024
    Et que l'intercommunalité signe le texte « Convention » le 16 décembre 2024
    Et que la Caf signe le texte « Convention » le 16 décembre 2024
    Et que l'acte « Compléter une fiche action » est fait sur la fiche « Navette du marché », en disant :
      | Numéro | 1.1 |
    Et que le comité technique décide : adaptation du plan d'actions
    Quand le plan signé est adapté avec la fiche « Navette du marché »
    Alors c'est accepté

  Scénario: Un plan qui dit déjà ce que disent ses fiches ne s'adapte pas
    Étant donné que le comité de pilotage décide : validation du plan d'actions
    Et que le plan d'actions est validé avec la fiche « Navette du marché », sur le texte « Convention »
    Et que nous sommes le 20 décembre 2024
    Et que l'intercommunalité délibère le 2 décembre 2024, exécutoire le 5 décembre 2024
    Et que la Caf décide de signer le 3 décembre 2024
    Et que l'intercommunalité signe le texte « Convention » le 16 décembre 2024
    Et que la Caf signe le texte « Convention » le 16 décembre 2024
    Et que le comité technique décide : adaptation du plan d'actions
    Quand le plan signé est adapté avec la fiche « Navette du marché »
    Alors c'est refusé : « il n’y a rien à adapter »

  Scénario: Un plan dont une fiche est dite autrement, puis redite dans ses premiers mots, ne s'adapte pas
    Étant donné que l'acte « Compléter une fiche action » est fait sur la fiche « Navette du marché », en disant :
      | Public | Les familles du bourg |
    Et que le comité de pilotage décide : validation du plan d'actions
    Et que le plan d'actions est validé avec la fiche « Navette du marché », sur le texte « Convention »
    Et que nous sommes le 20 décembre 2024
    Et que l'intercommunalité délibère le 2 décembre 2024, exécutoire le 5 décembre 2024
    Et que la Caf décide de signer le 3 décembre 2024
    Et que l'intercommunalité signe le texte « Convention » le 16 décembre 2024
    Et que la Caf signe le texte « Convention » le 16 décembre 2024
    Et que l'acte « Compléter une fiche action » est fait sur la fiche « Navette du marché », en disant :
      | Public | Tous les habitants |
    Et que l'acte « Compléter une fiche action » est fait sur la fiche « Navette du marché », en disant :
      | Public | Les familles du bourg |
    Et que le comité technique décide : adaptation du plan d'actions
    Quand le plan signé est adapté avec la fiche « Navette du marché »
    Alors c'est refusé : « il n’y a rien à adapter »

  @R22 @refused
  Scénario: D'autres priorités que celles qui sont signées demandent un avenant
    Étant donné que le comité de pilotage décide : validation du plan d'actions
    Et que le plan d'actions est validé avec la fiche « Navette du marché », sur le texte « Convention »
    Et que nous sommes le 20 décembre 2024
    Et que l'intercommunalité délibère le 2 décembre 2024, exécutoire le 5 décembre 2024
    Et que la Caf décide de signer le 3 décembre 2024
    Et que l'intercommunalité signe le texte « Convention » le 16 décembre 2024
    Et que la Caf signe le texte « Convention » le 16 décembre 2024
    Et que le comité de pilotage décide : choix d'une priorité
    Et que la priorité « Parents » est choisie sur la parentalité
    Et que la fiche action « Café des parents » est rédigée pour la priorité « Parents »
    Et que le comité de pilotage décide : adaptation du plan d'actions
    Quand le plan signé est adapté avec les fiches « Navette du marché » et « Café des parents »
    Alors c'est refusé : « ne servirait plus les priorités qui ont été signées »

  @R22 @refused
  Scénario: Un plan qui n'est pas signé se valide de nouveau
    Étant donné que le comité de pilotage décide : validation du plan d'actions
    Et que le plan d'actions est validé avec la fiche « Navette du marché », sur le texte « Convention »
    Et que le comité de pilotage décide : adaptation du plan d'actions
    Quand le plan signé est adapté avec la fiche « Navette du marché »
    Alors c'est refusé : « Le plan n’est pas encore signé »
