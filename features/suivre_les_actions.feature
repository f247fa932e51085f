# language: fr
Fonctionnalité: Compléter les fiches et suivre les actions
  Une fiche se rédige avec ce que l'on sait, et se complète au fil de l'eau.
  Son porteur dit où elle en est ; le territoire la planifie, la reporte ou l'abandonne, et dit pourquoi.

  Contexte:
    Étant donné que nous sommes le 1er février 2024
    Et le territoire « Gascogne Toulousaine » et ses partenaires
    Et une convention ouverte du 1er janvier 2025 au 31 décembre 2029
    Et que nous sommes le 30 septembre 2024
    Et que le diagnostic est partagé le 14 mai 2024, avec un constat sur la mobilité
    Et qu'un forum sur la mobilité réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 5 juin 2024
    Et que le comité de pilotage décide : choix d'une priorité
    Et que la priorité « Navette » est choisie sur la mobilité

  @accepted
  Scénario: Une fiche se rédige tôt, et se complète peu à peu
    Quand la fiche action « Navette du marché » est rédigée pour la priorité « Navette », sans porteur ni dates
    Alors c'est accepté
    Quand l'acte « Compléter une fiche action » est fait sur la fiche « Navette du marché », en disant :
      | Numéro                | 1.3                                   |
      | Objectif opérationnel | Deux navettes chaque jour de marché.  |
    Alors c'est accepté
    Quand l'acte « Désigner le porteur d'une action » est fait sur la fiche « Navette du marché », en disant :
      | Porteur | l'intercommunalité |
    Alors c'est accepté
    Quand l'acte « Planifier une action » est fait sur la fiche « Navette du marché », en disant :
      | Début | 1er mars 2025     |
      | Fin   | 31 décembre 2026  |
    Alors c'est accepté

  @refused
  Scénario: Une fiche ne se complète pas avec une priorité que personne n'a choisie
    Étant donné que la fiche action « Navette du marché » est rédigée pour la priorité « Navette », sans porteur ni dates
    Quand l'acte « Compléter une fiche action » est fait sur la fiche « Navette du marché », en disant :
      | Priorité | Piscine |
    Alors c'est refusé : « n’existe pas ici »

  @refused
  Scénario: Le même porteur n'est pas désigné deux fois
    Étant donné que la fiche action « Navette du marché » est rédigée pour la priorité « Navette »
    Quand l'acte « Désigner le porteur d'une action » est fait sur la fiche « Navette du marché », en disant :
      | Porteur | l'intercommunalité |
    Alors c'est refusé : « porte déjà l’action »

  @R11 @notice
  Scénario: Une action planifiée hors de la convention se dit
    Étant donné que la fiche action « Navette du marché » est rédigée pour la priorité « Navette », sans porteur ni dates
    Quand l'acte « Planifier une action » est fait sur la fiche « Navette du marché », en disant :
      | Début | 1er mars 2025     |
      | Fin   | 31 décembre 2031  |
    Alors c'est accepté, avec un signalement : « hors de la convention »

  @R33 @accepted
  Scénario: Le porteur dit où en est son action
    Étant donné que la fiche action « Navette du marché » est rédigée pour la priorité « Navette »
    Et que nous sommes le 30 juin 2025
    Quand l'intercommunalité dit l'action « Navette du marché » en cours, à 40 %
    Alors c'est accepté
    Et l'action « Navette du marché » est en cours

  @R33 @refused
  Scénario: Un partenaire ne parle pas d'une action qu'il ne porte pas
    Étant donné que la fiche action « Navette du marché » est rédigée pour la priorité « Navette »
    Et que nous sommes le 30 juin 2025
    Quand la MSA dit l'action « Navette du marché » en cours, à 40 %
    Alors c'est refusé : « ne permet pas cet acte »

  @accepted
  Scénario: Ce qui est dit tard d'un jour passé ne change pas l'état d'aujourd'hui
    Étant donné que la fiche action « Navette du marché » est rédigée pour la priorité « Navette »
    Et que nous sommes le 30 juin 2025
    Et que l'intercommunalité dit l'action « Navette du marché » terminée, à 100 %
    Quand l'acte « Dire où en est une action » est fait sur la fiche « Navette du marché » le 31 mars 2025, en disant :
      | État | en cours |
    Alors c'est accepté
    Et l'action « Navette du marché » est terminée

  @accepted
  Scénario: Une action se reporte à plus tard
    Étant donné que la fiche action « Navette du marché » est rédigée pour la priorité « Navette »
    Et que nous sommes le 30 juin 2025
    Quand l'acte « Reporter une action » est fait sur la fiche « Navette du marché », en disant :
      | Début    | 1er janvier 2026             |
      | Fin      | 31 décembre 2027             |
      | Pourquoi | Le conducteur est parti.     |
    Alors c'est accepté
    Et l'action « Navette du marché » est reportée

  @refused
  Scénario: Un report va plus tard, non plus tôt
    Étant donné que la fiche action « Navette du marché » est rédigée pour la priorité « Navette »
    Quand l'acte « Reporter une action » est fait sur la fiche « Navette du marché », en disant :
      | Début    | 1er janvier 2025             |
      | Fin      | 30 juin 2026                 |
      | Pourquoi | Le conducteur est parti.     |
    Alors c'est refusé : « ne sont pas plus tardives »

  @accepted
  Scénario: Une action s'abandonne, une fois
    Étant donné que la fiche action « Navette du marché » est rédigée pour la priorité « Navette »
    Quand l'acte « Abandonner une action » est fait sur la fiche « Navette du marché », en disant :
      | Pourquoi | Aucun véhicule n'est disponible. |
    Alors c'est accepté
    Et l'action « Navette du marché » est abandonnée
    Quand l'acte « Abandonner une action » est fait sur la fiche « Navette du marché », en disant :
      | Pourquoi | Aucun véhicule n'est disponible. |
    Alors c'est refusé : « déjà dite »

  @accepted
  Scénario: Une action s'achève, et l'on sait ce qu'elle a donné
    Étant donné que la fiche action « Navette du marché » est rédigée pour la priorité « Navette »
    Et que nous sommes le 30 juin 2026
    Quand l'acte « Achever une action » est fait sur la fiche « Navette du marché », en disant :
      | Ce qu’elle a donné | Quarante habitants à chaque marché. |
    Alors c'est accepté
    Et l'action « Navette du marché » est terminée
    Quand l'acte « Achever une action » est fait sur la fiche « Navette du marché », en disant :
      | Ce qu’elle a donné | Quarante habitants à chaque marché. |
    Alors c'est refusé : « déjà dite »

  @refused
  Scénario: Ce que la fiche dit déjà, mot pour mot, n'est pas dit de nouveau
    Étant donné que la fiche action « Navette du marché » est rédigée pour la priorité « Navette »
    Et que l'acte « Compléter une fiche action » est fait sur la fiche « Navette du marché », en disant :
      | Objectif opérationnel | Deux navettes chaque jour de marché. |
    Quand l'acte « Compléter une fiche action » est fait sur la fiche « Navette du marché », en disant :
      | Objectif opérationnel | Deux navettes chaque jour de marché. |
    Alors c'est refusé : « La fiche dit déjà cela »

  @accepted
  Scénario: Une seule chose change, et rien d'autre n'est à redire
    Étant donné que la fiche action « Navette du marché » est rédigée pour la priorité « Navette »
    Et que l'acte « Compléter une fiche action » est fait sur la fiche « Navette du marché », en disant :
      | Numéro                | 1.3                                  |
      | Objectif opérationnel | Deux navettes chaque jour de marché. |
    Quand l'acte « Compléter une fiche action » est fait sur la fiche « Navette du marché », en disant :
      | Numéro | 1.4 |
    Alors c'est accepté
