# language: fr
Fonctionnalité: Croiser un thème dans des forums
  Un thème est croisé quand ses forums ont réuni professionnels, élus et habitants,
  et regardé l'offre comme la demande. Un seul forum ou plusieurs : le territoire choisit.

  Contexte:
    Étant donné que nous sommes le 1er février 2024
    Et le territoire « Gascogne Toulousaine » et ses partenaires
    Et une convention ouverte du 1er janvier 2025 au 31 décembre 2029
    Et que nous sommes le 30 septembre 2024

  @R04 @R07 @accepted
  Scénario: Un seul forum suffit
    Étant donné que le diagnostic est partagé le 14 mai 2024, avec un constat sur la parentalité
    Quand un forum sur la parentalité réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 5 juin 2024
    Alors c'est accepté

  @R04 @R07 @accepted
  Scénario: Un forum annoncé, puis tenu
    Étant donné que le diagnostic est partagé le 14 mai 2024, avec un constat sur la parentalité
    Quand un forum sur la parentalité est annoncé pour le 12 octobre 2024
    Alors c'est accepté
    Étant donné que nous sommes le 15 octobre 2024
    Quand un forum sur la parentalité réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 12 octobre 2024
    Alors c'est accepté

  Scénario: Un forum s'annonce avant d'être tenu
    Quand l'acte « Convoquer un forum » est fait, en disant :
      | Forum       | forum-1           |
      | Thèmes      | la parentalité    |
      | Date prévue | 29 septembre 2024 |
    Alors c'est refusé : « le 29 septembre 2024 précède le 30 septembre 2024 »

  Scénario: Un forum annoncé s'annule, et un autre le remplace
    Étant donné qu'un forum sur la parentalité est annoncé pour le 12 octobre 2024
    Quand l'acte « Annuler un forum » est fait, en disant :
      | Forum | forum-1              |
      | Motif | La salle est fermée. |
    Alors c'est accepté
    Et l'acte « Annuler un forum » n'est pas encore possible : « Il n'y a rien que cet acte puisse retirer »
    Quand un autre forum sur la parentalité est annoncé pour le 20 octobre 2024
    Alors c'est accepté

  Scénario: Un forum tenu ne s'annule plus
    Étant donné que le diagnostic est partagé le 14 mai 2024, avec un constat sur la parentalité
    Et qu'un forum sur la parentalité réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 5 juin 2024
    Quand l'acte « Annuler un forum » est fait, en disant :
      | Forum | forum-1              |
      | Motif | La salle est fermée. |
    Alors c'est refusé : « il ne s'annule plus »

  Scénario: Un forum annulé ne s'annule pas deux fois, et son annonce n'est pas reprise
    Étant donné qu'un forum sur la parentalité est annoncé pour le 12 octobre 2024
    Et que l'acte « Annuler un forum » est fait, en disant :
      | Forum | forum-1              |
      | Motif | La salle est fermée. |
    Quand l'acte « Annuler un forum » est fait, en disant :
      | Forum | forum-1              |
      | Motif | La salle est fermée. |
    Alors c'est refusé : « C'est déjà enregistré »
    Quand un forum sur la parentalité est annoncé pour le 12 octobre 2024
    Alors c'est refusé : « C'est déjà enregistré »

  @R07 @accepted
  Scénario: Un forum tenu malgré son annulation compte
    Étant donné que le diagnostic est partagé le 14 mai 2024, avec un constat sur la parentalité
    Et qu'un forum sur la parentalité est annoncé pour le 12 octobre 2024
    Et que l'acte « Annuler un forum » est fait, en disant :
      | Forum | forum-1              |
      | Motif | La salle est fermée. |
    Et que nous sommes le 15 octobre 2024
    Quand un forum sur la parentalité réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 12 octobre 2024
    Alors c'est accepté

  @R07 @notice
  Scénario: Un forum sans habitants est gardé, et l'on sait ce qui manque
    Étant donné que le diagnostic est partagé le 14 mai 2024, avec un constat sur la parentalité
    Quand un forum sur la parentalité réunit 9 professionnels, 4 élus et 0 habitants sur l'offre le 5 juin 2024
    Alors c'est accepté, avec un signalement : « il manque encore pour croiser le thème « parentalité » : expertise d'usage et demande »

  @R04 @irregular
  Scénario: Un forum tenu avant le diagnostic est gardé, mais ne compte pas
    Étant donné que le diagnostic est partagé le 14 mai 2024, avec un constat sur la parentalité
    Quand un forum sur la parentalité réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 13 mai 2024
    Alors le fait est gardé, mais irrégulier

  @R04 @accepted
  Scénario: Le jour même du diagnostic, le forum compte
    Étant donné que le diagnostic est partagé le 14 mai 2024, avec un constat sur la parentalité
    Quand un forum sur la parentalité réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 14 mai 2024
    Alors c'est accepté
    Étant donné que le comité de pilotage décide : choix d'une priorité
    Quand la priorité « Relais des parents » est choisie sur la parentalité
    Alors c'est accepté

  @R04 @waived
  Scénario: Le comité accepte qu'un forum précède le diagnostic
    Étant donné que le comité de pilotage décide : dérogation motivée, le 1er mars 2024
    Et que le comité de pilotage dispense de tenir les forums après le diagnostic jusqu'au 31 décembre 2024
    Quand un forum sur la parentalité réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 13 mai 2024
    Alors c'est accepté par dérogation : « alors qu'aucun diagnostic n'avait encore été partagé »

  @R06 @accepted
  Scénario: Deux forums se complètent
    Étant donné que le diagnostic est partagé le 14 mai 2024, avec un constat sur la parentalité
    Et qu'un forum sur la parentalité réunit 9 professionnels, 4 élus et 0 habitants sur l'offre le 5 juin 2024
    Et qu'un forum sur la parentalité réunit 0 professionnels, 0 élus et 15 habitants sur la demande le 20 juin 2024
    Et que le comité de pilotage décide : choix d'une priorité
    Quand la priorité « Relais des parents » est choisie sur la parentalité
    Alors c'est accepté

  @R06 @refused
  Scénario: Sans habitants, pas encore de priorité
    Étant donné que le diagnostic est partagé le 14 mai 2024, avec un constat sur la parentalité
    Et qu'un forum sur la parentalité réunit 9 professionnels, 4 élus et 0 habitants sur l'offre et la demande le 5 juin 2024
    Et que le comité de pilotage décide : choix d'une priorité
    Quand la priorité « Relais des parents » est choisie sur la parentalité
    Alors c'est refusé : « Le thème « parentalité » n'a pas encore été croisé dans des forums. Il manque : expertise d'usage. »

  @R06 @refused
  Scénario: Un forum irrégulier n'aide pas à croiser le thème
    Étant donné que le diagnostic est partagé le 14 mai 2024, avec un constat sur la parentalité
    Et qu'un forum sur la parentalité réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 13 mai 2024
    Et que le comité de pilotage décide : choix d'une priorité
    Quand la priorité « Relais des parents » est choisie sur la parentalité
    Alors c'est refusé : « n'a pas encore été croisé dans des forums »

  @R06 @refused
  Scénario: Les forums d'un autre thème n'aident pas non plus
    Étant donné que le diagnostic est partagé le 14 mai 2024, avec des constats sur la parentalité et la mobilité
    Et qu'un forum sur la mobilité réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 5 juin 2024
    Et que le comité de pilotage décide : choix d'une priorité
    Quand la priorité « Relais des parents » est choisie sur la parentalité
    Alors c'est refusé : « Le thème « parentalité » n'a pas encore été croisé »

  @R06 @waived
  Scénario: Le comité déroge pour un thème, et pour lui seul
    Étant donné que le diagnostic est partagé le 14 mai 2024, avec des constats sur la parentalité et la mobilité
    Et que le comité de pilotage décide : dérogation motivée
    Et que le comité de pilotage dispense de croiser le thème en forum jusqu'au 31 décembre 2024 (la parentalité)
    Et que le comité de pilotage décide : choix d'une priorité
    Quand la priorité « Relais des parents » est choisie sur la parentalité
    Alors c'est accepté par dérogation : « n'a pas encore été croisé dans des forums »
    Quand la priorité « Navette » est choisie sur la mobilité
    Alors c'est refusé : « Le thème « mobilité » n'a pas encore été croisé »

  @R06 @refused
  Scénario: Une dérogation échue ne sert plus
    Étant donné que le diagnostic est partagé le 14 mai 2024, avec un constat sur la parentalité
    Et que le comité de pilotage décide : dérogation motivée
    Et que le comité de pilotage dispense de croiser le thème en forum jusqu'au 31 décembre 2024
    Et que nous sommes le 2 janvier 2025
    Et que le comité de pilotage décide : choix d'une priorité
    Quand la priorité « Relais des parents » est choisie sur la parentalité
    Alors c'est refusé : « n'a pas encore été croisé dans des forums »

  @R06 @waived
  Scénario: Une dérogation sert jusqu'à son dernier jour
    Étant donné que le diagnostic est partagé le 14 mai 2024, avec un constat sur la parentalité
    Et que le comité de pilotage décide : dérogation motivée
    Et que le comité de pilotage dispense de croiser le thème en forum jusqu'au 31 décembre 2024
    Et que nous sommes le 31 décembre 2024
    Et que le comité de pilotage décide : choix d'une priorité
    Quand la priorité « Relais des parents » est choisie sur la parentalité
    Alors c'est accepté par dérogation : « n'a pas encore été croisé dans des forums »

  @R06 @refused
  Scénario: Une dérogation ne couvre pas un choix fait avant elle
    Étant donné que le diagnostic est partagé le 14 mai 2024, avec un constat sur la parentalité
    Et que le comité de pilotage décide : dérogation motivée
    Et que le comité de pilotage dispense de croiser le thème en forum jusqu'au 31 décembre 2024
    Et que le comité de pilotage décide : choix d'une priorité, le 20 septembre 2024
    Quand la priorité « Relais des parents » est choisie sur la parentalité, le 20 septembre 2024
    Alors c'est refusé : « n'a pas encore été croisé dans des forums »
