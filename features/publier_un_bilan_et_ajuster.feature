# language: fr
Fonctionnalité: Publier un bilan, et en tirer les ajustements de l'année qui vient
  Un bilan qui compte se publie, aux partenaires ou au public. Ce que le comité y décide de poursuivre, d'adapter,
  d'arrêter, de lancer ou de réviser attend qu'on le fasse ; le bilan suivant commence par ce qu'il en est devenu.

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
    Et que la Caf décide de signer le 2 décembre 2024
    Et que la Caf signe le texte « Convention » le 9 décembre 2024

  @R20 @R21 @accepted
  Scénario: Le bilan est publié aux partenaires, puis au public
    Étant donné que nous sommes le 20 mars 2026
    Et que le comité de pilotage décide : validation d'un bilan
    Et que le bilan annuel de 2025 est enregistré, avec son compte rendu
    Quand le bilan est publié aux partenaires le 20 mars 2026
    Alors c'est accepté
    Et le public ne lit aucun bilan
    Étant donné que nous sommes le 2 avril 2026
    Quand le bilan est publié au public
    Alors c'est accepté
    Et le public lit le bilan

  Scénario: Un bilan se publie une fois, et pas avant d'être tenu
    Étant donné que nous sommes le 20 mars 2026
    Et que le comité de pilotage décide : validation d'un bilan
    Et que le bilan annuel de 2025 est enregistré, avec son compte rendu
    Quand le bilan est publié aux partenaires le 1er mars 2026
    Alors c'est refusé : « ce qui est cité date du 20 mars 2026 »
    Quand un bilan qui n'existe pas est publié aux partenaires
    Alors c'est refusé : « n’existe pas »
    Étant donné que nous sommes le 2 avril 2026
    Et que le bilan est publié au public
    Quand le bilan est publié aux partenaires
    Alors c'est refusé : « déjà publié depuis le 2 avril 2026 »

  @R20 @refused
  Scénario: Un bilan fait trop tôt ne se publie pas
    Étant donné que nous sommes le 15 septembre 2025
    Et que le comité de pilotage décide : validation d'un bilan
    Et que le bilan annuel de 2025 est enregistré
    Quand le bilan est publié au public
    Alors c'est refusé : « Ce bilan ne compte pas »

  @R21 @refused
  Scénario: Un bilan incomplet ne se publie pas
    Étant donné que nous sommes le 20 mars 2026
    Et que le comité de pilotage décide : validation d'un bilan
    Et que le bilan annuel de 2025 est enregistré, sans dire l'état des actions
    Quand le bilan est publié aux partenaires
    Alors c'est refusé : « Ce bilan est incomplet »

  Scénario: Une publication faite par erreur se retire, et se refait
    Étant donné que nous sommes le 20 mars 2026
    Et que le comité de pilotage décide : validation d'un bilan
    Et que le bilan annuel de 2025 est enregistré, avec son compte rendu
    Et que le bilan est publié au public
    Quand l'enregistrement « Bilan publié » est annulé
    Alors c'est accepté
    Et le public ne lit aucun bilan
    Quand le bilan est publié aux partenaires
    Alors c'est accepté

  Scénario: Le bilan suivant commence par ce que sont devenus les ajustements
    Étant donné que nous sommes le 20 mars 2026
    Et que le comité de pilotage décide : validation d'un bilan
    Et que le bilan annuel de 2025 est enregistré, avec son compte rendu
    Et que la réunion décide « action à adapter » pour la fiche « Navette du marché », pour le 30 septembre 2026
    Et que la réunion décide « action à arrêter » pour la fiche « Navette du marché »
    Alors le bilan à venir commence par 2 ajustements, dont 0 faits et 0 en retard
    Étant donné que nous sommes le 2 octobre 2026
    Alors le bilan à venir commence par 2 ajustements, dont 0 faits et 1 en retard
    Étant donné que l'acte « Compléter une fiche action » est fait sur la fiche « Navette du marché », en disant :
      | Numéro | 1.1 |
    Alors le bilan à venir commence par 2 ajustements, dont 0 faits et 0 en retard
    Étant donné que nous sommes le 20 mars 2027
    Et que le comité de pilotage décide : validation d'un bilan
    Et que l'intercommunalité dit l'action « Navette du marché » en cours, à 40 %
    Quand le bilan annuel de 2026 est enregistré, avec son compte rendu
    Alors le bilan à venir commence par 1 ajustement, dont 0 fait et 0 en retard
    Et ce bilan a vu 2 ajustements, dont 0 faits

  Scénario: Ce que demande un ajustement dit quel fait montre qu'il est fait
    Étant donné que nous sommes le 20 mars 2026
    Et que le comité de pilotage décide : validation d'un bilan
    Et que le bilan annuel de 2025 est enregistré, avec son compte rendu
    Et que la réunion décide « action à arrêter » pour la fiche « Navette du marché », pour le 30 septembre 2026
    Et que nous sommes le 2 octobre 2026
    Et que l'intercommunalité dit l'action « Navette du marché » en cours, à 40 %
    Alors le bilan à venir commence par 1 ajustement, dont 0 fait et 1 en retard
    Étant donné que l'acte « Abandonner une action » est fait sur la fiche « Navette du marché », en disant :
      | Pourquoi | Plus de conducteur. |
    Alors le bilan à venir commence par 1 ajustement, dont 1 fait et 0 en retard

  @R22 @accepted
  Scénario: Adapter le plan en citant la décision du bilan
    Étant donné que nous sommes le 20 mars 2026
    Et que le comité de pilotage décide : validation d'un bilan
    Et que le bilan annuel de 2025 est enregistré, avec son compte rendu
    Et que la réunion décide « adaptation du plan d'actions » pour la fiche « Navette du marché », pour le 30 juin 2026
    Et que l'acte « Compléter une fiche action » est fait sur la fiche « Navette du marché », en disant :
      | Numéro | 1.1 |
    Alors le bilan à venir commence par 1 ajustement, dont 0 fait et 0 en retard
    Quand le plan signé est adapté avec la fiche « Navette du marché »
    Alors c'est accepté
    Et le bilan à venir commence par 1 ajustement, dont 1 fait et 0 en retard

  Scénario: Rien n'est à faire avant d'être décidé, ni sur ce qui n'existe pas
    Étant donné que nous sommes le 20 mars 2026
    Et que le comité de pilotage décide : validation d'un bilan
    Quand la réunion décide « action à adapter » pour la fiche « Navette du marché », pour le 1er mars 2026
    Alors c'est refusé : « avant le 20 mars 2026, jour où l’ajustement a été décidé »
    Quand la réunion décide « action à adapter » pour la fiche « Café des parents »
    Alors c'est refusé : « n’existe pas »

  Scénario: Une réunion enregistrée par erreur emporte ses ajustements
    Étant donné que nous sommes le 20 mars 2026
    Et que le comité de pilotage décide : validation d'un bilan
    Et que la réunion décide « action à adapter » pour la fiche « Navette du marché »
    Alors le bilan à venir commence par 1 ajustement, dont 0 fait et 0 en retard
    Quand l'enregistrement « Réunion tenue » est annulé, avec ce qui en dépend
    Alors c'est accepté
    Et le bilan à venir commence par 0 ajustement, dont 0 fait et 0 en retard

  Scénario: Ce qu'un bilan a vu des ajustements ne change plus
    Étant donné que nous sommes le 20 mars 2026
    Et que le comité de pilotage décide : validation d'un bilan
    Et que le bilan annuel de 2025 est enregistré, avec son compte rendu
    Et que la réunion décide « action à adapter » pour la fiche « Navette du marché »
    Et que nous sommes le 20 mars 2027
    Et que l'intercommunalité dit l'action « Navette du marché » en cours, à 40 %
    Et que le comité de pilotage décide : validation d'un bilan
    Et que le bilan annuel de 2026 est enregistré, avec son compte rendu
    Quand l'acte « Compléter une fiche action » est fait sur la fiche « Navette du marché », en disant :
      | Numéro | 1.1 |
    Alors c'est accepté
    Et ce bilan a vu 1 ajustement, dont 0 fait
