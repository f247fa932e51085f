# language: fr
Fonctionnalité: Demander les financements à temps
  Chaque financeur a son calendrier : le prévisionnel en janvier, l'acompte, le compte de résultat l'année d'après. Ses dates
  sont dites une fois pour l'année ; chacune est une échéance de l'opérateur et du chargé de coopération, jusqu'à l'envoi.

  Contexte:
    Étant donné que nous sommes le 8 janvier 2025
    Et le territoire « Gascogne Toulousaine » et ses partenaires
    Et que chaque rôle est tenu, sur le territoire comme dans le département
    Et une convention ouverte du 1er janvier 2025 au 31 décembre 2029
    Et que la Caf attend de l'intercommunalité, pour 2025 : prévisionnel le 14 mars 2025, compte de résultat le 31 mars 2026

  @D20
  Scénario: Une demande oubliée est rappelée à l'opérateur et au chargé de coopération, puis au conseiller Caf
    Quand la tournée passe chaque jour du 8 janvier 2025 au 15 avril 2025
    Alors les messages envoyés pour « demande de financement à envoyer » sont :
      | le              | à                                               |
      | 12 février 2025 | représentant du partenaire, chargé de coopération |
      | 7 mars 2025     | représentant du partenaire, chargé de coopération |
      | 14 mars 2025    | représentant du partenaire, chargé de coopération |
      | 31 mars 2025    | chargé de conseil et développement de la Caf      |

  @D20
  Scénario: Une demande envoyée tient son échéance, le jour de l'envoi
    Étant donné que nous sommes le 20 mars 2025
    Quand la demande « prévisionnel » 2025 de l'intercommunalité à la Caf est envoyée le 18 mars 2025, sur pièce
    Alors l'échéance « demande de financement à envoyer » est tenue le 18 mars 2025, avec 4 jours de retard
    Et l'échéance « demande de financement à envoyer » est fixée au 31 mars 2026

  @D20
  Scénario: Le financeur recule sa date
    Étant donné que nous sommes le 3 mars 2025
    Quand la Caf attend de l'intercommunalité, pour 2025 : prévisionnel le 30 avril 2025
    Alors l'échéance « demande de financement à envoyer » est fixée au 30 avril 2025
    Et la demande « prévisionnel » 2025 de l'intercommunalité à la Caf était attendue le 14 mars 2025

  @D20 @refused
  Scénario: Ce qui est envoyé ne l'est pas deux fois, et sa date ne bouge plus
    Étant donné que nous sommes le 20 mars 2025
    Et que la demande « prévisionnel » 2025 de l'intercommunalité à la Caf est envoyée le 18 mars 2025, sur pièce
    Quand la demande « prévisionnel » 2025 de l'intercommunalité à la Caf est envoyée le 20 mars 2025, sur pièce
    Alors c'est refusé : « Déjà envoyé le 18 mars 2025 »
    Quand la Caf attend de l'intercommunalité, pour 2025 : prévisionnel le 30 avril 2025
    Alors c'est refusé : « Déjà envoyé le 18 mars 2025 »

  @D20 @refused
  Scénario: Un calendrier déjà dit n'est pas redit
    Quand la Caf attend de l'intercommunalité, pour 2025 : prévisionnel le 14 mars 2025
    Alors c'est refusé : « Le calendrier dit déjà ces dates »

  @R33 @refused
  Scénario: Un partenaire n'envoie pas la demande d'un autre
    Étant donné que c'est la MSA qui écrit
    Quand la demande « prévisionnel » 2025 de l'intercommunalité à la Caf est envoyée le 8 janvier 2025, sur pièce
    Alors c'est refusé : « Votre rôle ne permet pas cet acte ici »
