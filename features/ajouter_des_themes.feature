# language: fr
Fonctionnalité: Ajouter des thèmes à une convention
  La méthode nomme des thèmes ; un territoire en a d'autres, que son comité nomme. Un thème transverse, comme la
  gouvernance, ne se croise pas en forum : rien ne lui manque. Une priorité peut servir plusieurs thèmes.

  Contexte:
    Étant donné que nous sommes le 1er février 2024
    Et le territoire « Gascogne Toulousaine » et ses partenaires
    Et une convention ouverte du 1er janvier 2025 au 31 décembre 2029
    Et que nous sommes le 30 septembre 2024

  # --- Un thème de la convention ---

  @R05 @R06 @accepted
  Scénario: Le thème que le comité a nommé se croise et se choisit comme un autre
    Étant donné que le comité de pilotage décide : changement des thèmes
    Quand le thème « Vieillir chez soi » est ajouté à la convention, par décision du comité
    Alors c'est accepté
    Étant donné que le diagnostic est partagé le 14 mai 2024, avec un constat sur « Vieillir chez soi »
    Et qu'un forum sur « Vieillir chez soi » réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 5 juin 2024
    Et que le comité de pilotage décide : choix d'une priorité
    Quand la priorité « Rester au village » est choisie sur « Vieillir chez soi »
    Alors c'est accepté

  Scénario: Un thème s'ajoute sans attendre de réunion
    Quand le thème « Vieillir chez soi » est ajouté à la convention
    Alors c'est accepté

  Scénario: Deux fois le même nom, écrit autrement
    Étant donné que le thème « Vieillir chez soi » est ajouté à la convention
    Quand le thème « VIEILLIR CHEZ SOI » est ajouté à la convention
    Alors c'est refusé : « La convention a déjà le thème « Vieillir chez soi » »

  @R08 @refused
  Scénario: La décision citée parle d'autre chose
    Étant donné que le comité de pilotage décide : choix d'une priorité
    Quand le thème « Vieillir chez soi » est ajouté à la convention, par décision du comité
    Alors c'est refusé : « choix d'une priorité »

  Scénario: Un thème que personne n'a ajouté
    Quand un forum sur « Vieillir chez soi » réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 5 juin 2024
    Alors c'est refusé : « n'existe pas »

  @R29 @refused
  Scénario: Un thème dont on se sert ne disparaît pas
    Étant donné que le thème « Vieillir chez soi » est ajouté à la convention
    Et que le diagnostic est partagé le 14 mai 2024, avec un constat sur « Vieillir chez soi »
    Quand l'enregistrement « Thème ajouté » est annulé
    Alors c'est refusé : « Un autre enregistrement s'appuie sur celui-ci »

  @R29 @accepted
  Scénario: Un thème ajouté par erreur, dont personne ne s'est servi
    Étant donné que le thème « Vieillir chez soi » est ajouté à la convention
    Quand l'enregistrement « Thème ajouté » est annulé
    Alors c'est accepté
    Quand le thème « Vieillir chez soi » est ajouté à la convention
    Alors c'est accepté

  @R28 @notice
  Scénario: Un nom mal écrit se rectifie, sans rien défaire de ce qui cite le thème
    Étant donné que le thème « Vielir chez soi » est ajouté à la convention
    Et que le diagnostic est partagé le 14 mai 2024, avec un constat sur « Vielir chez soi »
    Quand le nom du thème est rectifié en « Vieillir chez soi »
    Alors c'est accepté, avec un signalement : « personne d'autre »
    Et le journal dit, dans l'ordre :
      | Le diagnostic a été partagé |
      | Correction de               |
      | Un thème a été ajouté       |

  # --- Plusieurs thèmes ---

  @R06 @refused
  Scénario: Chaque thème d'une priorité est croisé
    Étant donné que le diagnostic est partagé le 14 mai 2024, avec des constats sur la mobilité et la santé
    Et qu'un forum sur la mobilité réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 5 juin 2024
    Et que le comité de pilotage décide : choix d'une priorité
    Quand la priorité « Consulter près de chez soi » est choisie sur la mobilité et la santé
    Alors c'est refusé : « Le thème « santé » n'a pas encore été croisé dans des forums »

  @R06 @accepted
  Scénario: Une priorité sur deux thèmes croisés
    Étant donné que le diagnostic est partagé le 14 mai 2024, avec des constats sur la mobilité et la santé
    Et qu'un forum sur la mobilité et la santé réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 5 juin 2024
    Et que le comité de pilotage décide : choix d'une priorité
    Quand la priorité « Consulter près de chez soi » est choisie sur la mobilité et la santé
    Alors c'est accepté

  # --- Thèmes transverses ---

  @R07 @accepted
  Scénario: À un thème transverse, rien ne manque
    Étant donné que le diagnostic est partagé le 14 mai 2024, avec un constat sur la gouvernance
    Quand un forum sur la gouvernance réunit 9 professionnels, 4 élus et 0 habitants sur l'offre le 5 juin 2024
    Alors c'est accepté

  @R06 @accepted
  Scénario: Une priorité le sert sans forum, une fois un autre thème croisé
    Étant donné que le thème transverse « Faire ensemble » est ajouté à la convention
    Et que le diagnostic est partagé le 14 mai 2024, avec des constats sur la mobilité et « Faire ensemble »
    Et qu'un forum sur la mobilité réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 5 juin 2024
    Et que le comité de pilotage décide : choix d'une priorité
    Quand la priorité « Animer la convention » est choisie sur « Faire ensemble » et la gouvernance
    Alors c'est accepté

  @R06 @refused
  Scénario: Un thème transverse ne fait pas passer avant les forums
    Étant donné que le diagnostic est partagé le 14 mai 2024, avec un constat sur la gouvernance
    Et que le comité de pilotage décide : choix d'une priorité
    Quand la priorité « Animer la convention » est choisie sur la gouvernance
    Alors c'est refusé : « aucun thème n'a encore été croisé »

  @R06 @waived
  Scénario: Le comité peut en décider autrement
    Étant donné que le diagnostic est partagé le 14 mai 2024, avec un constat sur la gouvernance
    Et que le comité de pilotage décide : dérogation motivée
    Et que le comité de pilotage dispense de croiser le thème en forum jusqu'au 31 décembre 2024
    Et que le comité de pilotage décide : choix d'une priorité
    Quand la priorité « Animer la convention » est choisie sur la gouvernance
    Alors c'est accepté par dérogation : « aucun thème n'a encore été croisé »
