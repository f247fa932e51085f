# language: fr
Fonctionnalité: Signaler ce qui ne donne aucune nouvelle
  Un silence se remarque comme une échéance. Tout fait sur le sujet fait repartir la période, et personne n'est en retard :
  qui peut répondre est sollicité d'abord, puis, après un délai, la personne au-dessus.

  Contexte:
    Étant donné que nous sommes le 8 janvier 2024
    Et le territoire « Gascogne Toulousaine » et ses partenaires
    Et que chaque rôle est tenu, sur le territoire comme dans le département
    Et une convention ouverte du 1er janvier 2025 au 31 décembre 2029

  @S01
  Scénario: Rien n'est enregistré sur une convention pendant six mois
    Quand la tournée passe chaque jour du 9 janvier 2024 au 30 septembre 2024
    Alors les messages envoyés pour « point de situation de la convention » sont :
      | le              | à                             |
      | 8 juillet 2024  | chargé de coopération         |
      | 23 juillet 2024 | pilote                        |
      | 22 août 2024    | pilote de la convention-cadre |
    Et le retard de « point de situation de la convention » n'est pas noté

  @S01
  Scénario: Une nouvelle fait repartir la période
    Étant donné que nous sommes le 5 juillet 2024
    Et qu'un forum sur la mobilité réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 5 juillet 2024
    Et que le compte rendu du forum-1 est partagé
    Quand la tournée passe chaque jour du 5 juillet 2024 au 31 décembre 2024
    Alors aucun message n'est envoyé pour « point de situation de la convention »
    Et l'échéance « point de situation de la convention » est fixée au 6 janvier 2025

  @S01
  Scénario: Une nouvelle reçue hors de l'outil fait repartir la période, et ne clôt rien
    Étant donné que nous sommes le 20 juin 2024
    Quand l'échéance « point de situation de la convention » est dite tenue ailleurs le 14 juin 2024, sur preuve
    Alors c'est accepté
    Quand la tournée passe chaque jour du 21 juin 2024 au 20 décembre 2024
    Alors les messages envoyés pour « point de situation de la convention » sont :
      | le               | à                     |
      | 16 décembre 2024 | chargé de coopération |

  @S01 @D01
  Scénario: Qui est déjà sollicité pour une échéance ne l'est pas aussi pour le silence
    Étant donné que l'engagement est confirmé
    Quand la tournée passe chaque jour du 9 janvier 2024 au 31 décembre 2024
    Alors les messages envoyés pour « partage du diagnostic » sont :
      | le               | à                     |
      | 10 mai 2024      | chargé de coopération |
      | 10 juin 2024     | chargé de coopération |
      | 1er juillet 2024 | chargé de coopération |
      | 23 juillet 2024  | pilote                |
      | 22 août 2024     | président du COPIL    |
    Et aucun message n'est envoyé pour « point de situation de la convention »

  @S02
  Scénario: Un forum annoncé dont personne ne dit s'il a eu lieu
    Étant donné qu'un forum sur la mobilité est annoncé pour le 5 février 2024
    Quand la tournée passe chaque jour du 9 janvier 2024 au 30 avril 2024
    Alors les messages envoyés pour « suite donnée au forum convoqué » sont :
      | le              | à                     |
      | 20 février 2024 | chargé de coopération |
      | 6 mars 2024     | pilote                |

  @S02
  Scénario: Le forum est tenu, fût-il dit plus tard
    Étant donné qu'un forum sur la mobilité est annoncé pour le 5 février 2024
    Et que la tournée passe chaque jour du 6 février 2024 au 21 février 2024
    Et que nous sommes le 22 février 2024
    Et qu'un forum sur la mobilité réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 5 février 2024
    Quand la tournée passe chaque jour du 22 février 2024 au 30 avril 2024
    Alors les messages envoyés pour « suite donnée au forum convoqué » sont :
      | le              | à                     |
      | 20 février 2024 | chargé de coopération |
    Et l'échéance « suite donnée au forum convoqué » est tenue

  @S03
  Scénario: Un mandat adopté que rien ne suit
    Étant donné que nous sommes le 10 janvier 2024
    Et que l'intercommunalité délibère le 9 janvier 2024, exécutoire le 10 janvier 2024
    # Personne n'est l'exécutif de l'intercommunalité ici : son tour passe au pilote.
    Quand la tournée passe chaque jour du 11 janvier 2024 au 30 avril 2024
    Alors les messages envoyés pour « suite donnée au mandat adopté » sont :
      | le           | à                          |
      | 11 mars 2024 | représentant du partenaire |
      | 25 mars 2024 | pilote                     |
      | 9 avril 2024 | pilote                     |

  @S03
  Scénario: La signature suit le mandat
    Étant donné que nous sommes le 10 janvier 2024
    Et que l'intercommunalité délibère le 9 janvier 2024, exécutoire le 10 janvier 2024
    Et que l'intercommunalité signe le texte « Convention » le 10 janvier 2024
    Quand la tournée passe chaque jour du 11 janvier 2024 au 30 avril 2024
    Alors aucun message n'est envoyé pour « suite donnée au mandat adopté »

  @S04
  Scénario: Un partenaire qui a signé, et que l'on n'entend plus
    Étant donné que nous sommes le 10 janvier 2024
    Et que l'intercommunalité délibère le 9 janvier 2024, exécutoire le 9 janvier 2024
    Et que l'intercommunalité signe le texte « Convention » le 10 janvier 2024
    Quand la tournée passe le 10 janvier 2025
    Et la tournée passe le 10 février 2025
    Et la tournée passe le 11 mars 2025
    Alors les messages envoyés pour « point de situation du partenaire » sont :
      | le              | à                          |
      | 10 janvier 2025 | représentant du partenaire |
      | 10 février 2025 | pilote                     |
      | 11 mars 2025    | pilote                     |

  @S04
  Scénario: Un partenaire qui agit n'est pas silencieux
    Étant donné que nous sommes le 10 janvier 2024
    Et que l'intercommunalité délibère le 9 janvier 2024, exécutoire le 9 janvier 2024
    Et que l'intercommunalité signe le texte « Convention » le 10 janvier 2024
    Et que nous sommes le 12 décembre 2024
    Et que l'intercommunalité retire son mandat
    Quand la tournée passe le 10 janvier 2025
    Alors aucun message n'est envoyé pour « point de situation du partenaire »

  @S07
  Scénario: Une décision que personne n'a en charge est demandée à qui pilote, et un acte qui la cite arrête les rappels
    Étant donné que le comité de pilotage décide : liste des signataires
    Quand la tournée passe chaque jour du 9 janvier 2024 au 5 mars 2024
    Alors les messages envoyés pour « suite donnée à ce qui a été décidé » sont :
      | le           | à                     |
      | 4 mars 2024  | chargé de coopération |
    Quand la signature de la MSA devient « requise »
    Et que la tournée passe chaque jour du 6 mars 2024 au 30 avril 2024
    Alors les messages envoyés pour « suite donnée à ce qui a été décidé » sont :
      | le           | à                     |
      | 4 mars 2024  | chargé de coopération |
    Et aucune échéance « suite donnée à ce qui a été décidé » n'est fixée

  @S07
  Scénario: Une décision confiée à un partenaire pour un jour lui est demandée ce jour-là, puis au pilote
    Étant donné que le comité de pilotage décide de « Ouvrir une salle à Samatan »
    Et que la décision « Ouvrir une salle à Samatan » est confiée à la Caf, pour le 3 juin 2024
    Quand la tournée passe chaque jour du 9 janvier 2024 au 31 juillet 2024
    Alors les messages envoyés pour « suite donnée à ce qui a été décidé » sont :
      | le             | à                          |
      | 3 juin 2024    | représentant du partenaire |
      | 3 juillet 2024 | pilote                     |
