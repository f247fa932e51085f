# language: fr
Fonctionnalité: Convoquer le comité à temps, et en rendre compte
  Le comité de pilotage est convoqué trois semaines avant, ses pièces partent dix jours avant, son compte rendu est rédigé
  sous quinze jours et approuvé sous trente. Une réunion déplacée déplace ses échéances, annulée elle les retire.

  Contexte:
    Étant donné que nous sommes le 1er février 2024
    Et le territoire « Gascogne Toulousaine » et ses partenaires
    Et que chaque rôle est tenu, sur le territoire comme dans le département
    Et une convention ouverte du 1er janvier 2025 au 31 décembre 2029

  @D07 @D07B
  Scénario: Convoqué à temps, avec ses pièces
    Étant donné que la réunion « printemps » du comité de pilotage est prévue le 12 mars 2024
    Alors l'échéance « convocation du COPIL » est fixée au 20 février 2024
    Et l'échéance « envoi des pièces du COPIL » est fixée au 4 mars 2024
    Étant donné que nous sommes le 19 février 2024
    Quand le comité de pilotage est convoqué pour la réunion « printemps », avec à l'ordre du jour « Le diagnostic »
    Alors l'échéance « convocation du COPIL » est tenue le 19 février 2024, avec 0 jours de retard
    Et l'échéance « envoi des pièces du COPIL » reste ouverte
    Étant donné que nous sommes le 1er mars 2024
    Quand le comité de pilotage est convoqué pour la réunion « printemps », avec à l'ordre du jour « Le diagnostic », et ses pièces
    Alors l'échéance « envoi des pièces du COPIL » est tenue le 1er mars 2024, avec 0 jours de retard
    Et l'échéance « convocation du COPIL » est tenue le 19 février 2024, avec 0 jours de retard

  @D07 @D07B
  Scénario: Personne ne convoque, le pilote est prévenu une semaine avant
    Étant donné que la réunion « printemps » du comité de pilotage est prévue le 12 mars 2024
    Quand la tournée passe chaque jour du 2 février 2024 au 20 mars 2024
    Alors les messages envoyés pour « convocation du COPIL » sont :
      | le              | à                     |
      | 13 février 2024 | chargé de coopération |
      | 20 février 2024 | chargé de coopération |
      | 5 mars 2024     | pilote                |
    Et les messages envoyés pour « envoi des pièces du COPIL » sont :
      | le          | à                     |
      | 4 mars 2024 | chargé de coopération |
      | 5 mars 2024 | pilote                |
    Et le retard de « convocation du COPIL » est noté une fois
    # Passé le jour de la réunion, convoquer n'a plus de sens.
    Et aucune échéance « convocation du COPIL » n'est fixée

  @D07
  Scénario: Une réunion déplacée déplace sa convocation, annulée elle la retire
    Étant donné que la réunion « printemps » du comité de pilotage est prévue le 12 mars 2024
    Quand l'acte « Déplacer une réunion » est fait par le comité de pilotage, en disant :
      | Réunion     | printemps     |
      | Date prévue | 9 avril 2024  |
    Alors l'échéance « convocation du COPIL » est fixée au 19 mars 2024
    Quand l'acte « Annuler une réunion » est fait par le comité de pilotage, en disant :
      | Réunion  | printemps           |
      | Pourquoi | La salle est prise. |
    Alors aucune échéance « convocation du COPIL » n'est fixée

  @D07
  Scénario: Une réunion fixée trop tard se rappelle, sans retard
    Étant donné que la réunion « printemps » du comité de pilotage est prévue le 12 février 2024
    Quand la tournée passe chaque jour du 1er février 2024 au 9 février 2024
    Alors le retard de « convocation du COPIL » n'est pas noté
    Et les messages envoyés pour « convocation du COPIL » sont :
      | le              | à                     |
      | 1er février 2024 | chargé de coopération |

  @D07
  Scénario: La méthode ne demande rien de tel du comité technique
    Étant donné que la réunion « atelier » du comité technique est prévue le 12 mars 2024
    Alors aucune échéance « convocation du COPIL » n'est fixée

  @D08 @D08B
  Scénario: Le compte rendu se fait attendre, le président est prévenu
    Étant donné que nous sommes le 12 mars 2024
    Et que la réunion « printemps » du comité de pilotage est tenue
    Quand la tournée passe chaque jour du 13 mars 2024 au 30 avril 2024
    Alors les messages envoyés pour « projet de compte rendu du COPIL » sont :
      | le           | à                   |
      | 22 mars 2024 | secrétaire de séance |
      | 27 mars 2024 | secrétaire de séance |
    Et les messages envoyés pour « approbation du compte rendu du COPIL » sont :
      | le            | à                   |
      | 11 avril 2024 | secrétaire de séance |
      | 26 avril 2024 | président du COPIL  |
    Et le retard de « approbation du compte rendu du COPIL » est noté une fois

  @D08 @D08B
  Scénario: Rédigé puis approuvé à temps
    Étant donné que nous sommes le 12 mars 2024
    Et que la réunion « printemps » du comité de pilotage est tenue
    Et que nous sommes le 20 mars 2024
    Quand l'acte « Écrire un compte rendu » est fait par le comité de pilotage, en disant :
      | Réunion | printemps |
    Alors l'échéance « projet de compte rendu du COPIL » est tenue le 20 mars 2024, avec 0 jours de retard
    Et l'échéance « approbation du compte rendu du COPIL » est fixée au 11 avril 2024
    Étant donné que nous sommes le 15 avril 2024
    Quand l'acte « Approuver un compte rendu » est fait par le comité de pilotage, en disant :
      | Réunion | printemps |
    Alors l'échéance « approbation du compte rendu du COPIL » est tenue le 15 avril 2024, avec 4 jours de retard

  @D08 @D08B
  Scénario: Ce qui tarde dit de quelle réunion
    Étant donné que nous sommes le 12 mars 2024
    Et que la réunion « printemps » du comité de pilotage est tenue
    Et que nous sommes le 15 avril 2024
    Alors il est dit de la convention : « le projet de compte rendu du COPIL du 12 mars 2024 est attendu depuis 19 jours. »
