# language: fr
Fonctionnalité: Préparer un forum, et rendre ce qui s'y est dit
  Un forum convoqué se prépare : les invitations partent, chaque expertise dit qui viendra. Déplacé, il demande de nouveau.
  Tenu, son compte rendu revient à ceux qui y étaient.

  Contexte:
    Étant donné que nous sommes le 1er février 2024
    Et le territoire « Gascogne Toulousaine » et ses partenaires
    Et une convention ouverte du 1er janvier 2025 au 31 décembre 2029
    Et que le diagnostic est partagé, avec un constat sur la parentalité

  @accepted
  Scénario: Les invitations partent, puis chacun dit s'il viendra
    Étant donné qu'un forum sur la parentalité est annoncé pour le 12 mars 2024
    Quand l'invitation au forum-1 est partie par affiche et courriel
    Alors c'est accepté
    Quand 6 professionnels, 2 élus et 0 habitants disent venir au forum-1
    Alors c'est accepté
    Quand 6 professionnels, 2 élus et 9 habitants disent venir au forum-1
    Alors c'est accepté

  @refused
  Scénario: Personne n'est invité à un forum que rien n'annonce, ni après son jour
    Quand l'invitation au forum-1 est partie par affiche
    Alors c'est refusé : « ce qui est indiqué n'existe pas ici »
    Étant donné qu'un forum sur la parentalité est annoncé pour le 12 mars 2024
    Et que nous sommes le 20 mars 2024
    Quand l'invitation au forum-1 est partie par affiche
    Alors c'est refusé : « Le 20 mars 2024 est après le forum, qui est du 12 mars 2024 »
    Quand 6 professionnels, 2 élus et 0 habitants disent venir au forum-1
    Alors c'est refusé : « Le 20 mars 2024 est après le forum »
    # Dite plus tard, elle vaut au jour où elle est partie.
    Quand l'invitation au forum-1 est partie par affiche le 20 février 2024
    Alors c'est accepté

  @refused
  Scénario: Personne n'est invité à un forum annulé
    Étant donné qu'un forum sur la parentalité est annoncé pour le 12 mars 2024
    Et que l'acte « Annuler un forum » est fait, en disant :
      | Forum | forum-1              |
      | Motif | La salle est fermée. |
    Quand l'invitation au forum-1 est partie par courriel
    Alors c'est refusé : « Ce forum a été annulé »

  @accepted @refused
  Scénario: Un forum se déplace, avec sa raison, tant qu'il n'est pas tenu
    Étant donné qu'un forum sur la parentalité est annoncé pour le 12 mars 2024
    Quand l'acte « Déplacer un forum » est fait, en disant :
      | Forum         | forum-1                |
      | Nouvelle date | 26 mars 2024           |
      | Motif         | La salle est inondée.  |
    Alors c'est accepté
    Quand l'acte « Déplacer un forum » est fait, en disant :
      | Forum         | forum-1                |
      | Nouvelle date | 31 janvier 2024        |
      | Motif         | La salle est inondée.  |
    Alors c'est refusé : « le 31 janvier 2024 précède le 1er février 2024 »
    Étant donné que nous sommes le 27 mars 2024
    Et qu'un forum sur la parentalité réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 26 mars 2024
    Quand l'acte « Déplacer un forum » est fait, en disant :
      | Forum         | forum-1                |
      | Nouvelle date | 9 avril 2024           |
      | Motif         | La salle est inondée.  |
    Alors c'est refusé : « Ce forum a été tenu »

  @accepted @refused
  Scénario: Le compte rendu est rendu à ceux qui étaient là
    Étant donné que nous sommes le 20 mars 2024
    Et qu'un forum sur la parentalité réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 12 mars 2024
    Quand le compte rendu du forum-1 est partagé, sans être joint
    Alors c'est refusé : « Le compte rendu partagé n'est pas joint »
    Quand le compte rendu du forum-1 est partagé le 11 mars 2024
    Alors c'est refusé : « 11 mars 2024 »
    Quand le compte rendu du forum-1 est partagé
    Alors c'est accepté

  @refused
  Scénario: Un forum qui n'est pas tenu n'a pas de compte rendu
    Étant donné qu'un forum sur la parentalité est annoncé pour le 12 mars 2024
    Quand le compte rendu du forum-1 est partagé
    Alors c'est refusé : « Ce forum n'a pas encore été tenu »

  @accepted
  Scénario: Qui a animé le forum rend ce qui s'y est dit
    Étant donné que nous sommes le 20 mars 2024
    Et qu'un forum sur la parentalité réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 12 mars 2024
    Quand le compte rendu du forum-1 est partagé par un animateur
    Alors c'est accepté

  @D03 @D03B @D03C
  Scénario: Invité à temps, et chaque expertise vient
    Étant donné qu'un forum sur la parentalité est annoncé pour le 12 mars 2024
    Alors l'échéance « invitation au forum » est fixée au 20 février 2024
    Et l'échéance « point sur les venues au forum » est fixée au 5 mars 2024
    Et l'échéance « présence d'habitants au forum » est fixée au 7 mars 2024
    Étant donné que nous sommes le 19 février 2024
    Quand l'invitation au forum-1 est partie par affiche et courriel
    Et 6 professionnels, 2 élus et 0 habitants disent venir au forum-1
    Alors l'échéance « invitation au forum » est tenue le 19 février 2024, avec 0 jours de retard
    Et l'échéance « point sur les venues au forum » reste ouverte
    Étant donné que nous sommes le 1er mars 2024
    Quand 6 professionnels, 2 élus et 9 habitants disent venir au forum-1
    Alors l'échéance « point sur les venues au forum » est tenue le 1er mars 2024, avec 0 jours de retard
    Et l'échéance « présence d'habitants au forum » est tenue le 1er mars 2024, avec 0 jours de retard

  @D03 @D03B @D03C
  Scénario: Personne n'invite, et le pilote apprend qu'aucun habitant ne vient
    Étant donné que chaque rôle est tenu, sur le territoire comme dans le département
    Et qu'un forum sur la parentalité est annoncé pour le 12 mars 2024
    Quand la tournée passe chaque jour du 2 février 2024 au 20 mars 2024
    Alors les messages envoyés pour « invitation au forum » sont :
      | le              | à                     |
      | 13 février 2024 | chargé de coopération |
      | 20 février 2024 | chargé de coopération |
    Et les messages envoyés pour « point sur les venues au forum » sont :
      | le          | à                     |
      | 5 mars 2024 | chargé de coopération |
    Et les messages envoyés pour « présence d'habitants au forum » sont :
      | le          | à      |
      | 7 mars 2024 | pilote |
    Et le retard de « invitation au forum » est noté une fois
    # Passé le jour du forum, inviter n'a plus de sens.
    Et aucune échéance « invitation au forum » n'est fixée

  @D03 @D03B
  Scénario: Un forum déplacé déplace ce qu'il demande, annulé il ne demande plus rien
    Étant donné qu'un forum sur la parentalité est annoncé pour le 12 mars 2024
    Et que 6 professionnels, 2 élus et 9 habitants disent venir au forum-1
    Quand l'acte « Déplacer un forum » est fait, en disant :
      | Forum         | forum-1               |
      | Nouvelle date | 9 avril 2024          |
      | Motif         | La salle est inondée. |
    Alors l'échéance « invitation au forum » est fixée au 19 mars 2024
    # Qui avait dit venir est à demander de nouveau.
    Et l'échéance « point sur les venues au forum » est fixée au 2 avril 2024
    Quand l'acte « Annuler un forum » est fait, en disant :
      | Forum | forum-1              |
      | Motif | La salle est fermée. |
    Alors aucune échéance « invitation au forum » n'est fixée
    Et aucune échéance « point sur les venues au forum » n'est fixée

  @D04
  Scénario: Le compte rendu est rendu à temps
    Étant donné que nous sommes le 13 mars 2024
    Et qu'un forum sur la parentalité réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 12 mars 2024
    Et l'échéance « compte rendu du forum » est fixée au 27 mars 2024
    Et l'échéance « compte rendu du forum » reste ouverte
    Étant donné que nous sommes le 25 mars 2024
    Quand le compte rendu du forum-1 est partagé
    Alors l'échéance « compte rendu du forum » est tenue le 25 mars 2024, avec 0 jours de retard

  @D04
  Scénario: Le compte rendu se fait attendre, le pilote l'apprend un mois après le forum
    Étant donné que chaque rôle est tenu, sur le territoire comme dans le département
    Et que nous sommes le 13 mars 2024
    Et qu'un forum sur la parentalité réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 12 mars 2024
    Quand la tournée passe chaque jour du 14 mars 2024 au 19 avril 2024
    Alors l'échéance « compte rendu du forum » est manquée
    Et le retard de « compte rendu du forum » est noté une fois
    Et les messages envoyés pour « compte rendu du forum » sont :
      | le            | à                  |
      | 20 mars 2024  | animateur de forum |
      | 27 mars 2024  | animateur de forum |
      | 11 avril 2024 | pilote             |
    Étant donné que nous sommes le 22 avril 2024
    Quand le compte rendu du forum-1 est partagé
    Alors l'échéance « compte rendu du forum » est tenue le 22 avril 2024, avec 26 jours de retard

  @D04
  Scénario: Le compte rendu rendu arrête les rappels
    Étant donné que chaque rôle est tenu, sur le territoire comme dans le département
    Et que nous sommes le 13 mars 2024
    Et qu'un forum sur la parentalité réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 12 mars 2024
    Et que la tournée passe chaque jour du 14 mars 2024 au 21 mars 2024
    Et que le compte rendu du forum-1 est partagé
    Quand la tournée passe chaque jour du 22 mars 2024 au 30 avril 2024
    Alors les messages envoyés pour « compte rendu du forum » sont :
      | le           | à                  |
      | 20 mars 2024 | animateur de forum |

  @D04
  Scénario: Un forum dont la date est rectifiée déplace l'échéance de son compte rendu
    Étant donné que nous sommes le 20 mars 2024
    Et qu'un forum sur la parentalité réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 12 mars 2024
    Et l'échéance « compte rendu du forum » est fixée au 27 mars 2024
    Quand le forum est rectifié : il a réuni 9 professionnels, 4 élus et 12 habitants le 19 mars 2024
    Alors l'échéance « compte rendu du forum » est fixée au 3 avril 2024
    # Il n'a pas eu lieu : rien n'est plus à rendre.
    Quand l'enregistrement « Forum tenu » est annulé
    Alors aucune échéance « compte rendu du forum » n'est fixée
