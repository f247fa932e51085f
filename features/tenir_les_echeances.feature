# language: fr
Fonctionnalité: Tenir les échéances
  Les échéances se déduisent des faits. Chaque message part une fois, à qui peut agir,
  et cesse dès que la chose est faite.

  Contexte:
    Étant donné que nous sommes le 8 janvier 2024
    Et le territoire « Gascogne Toulousaine » et ses partenaires
    Et que chaque rôle est tenu, sur le territoire comme dans le département
    Et une convention ouverte du 1er janvier 2025 au 31 décembre 2029

  @D01
  Scénario: Le diagnostic est attendu six mois après l'engagement
    Étant donné qu'aucune échéance « partage du diagnostic » n'est fixée
    Et que l'engagement est confirmé
    Quand nous sommes le 9 janvier 2024
    Alors l'échéance « partage du diagnostic » est fixée au 8 juillet 2024
    Et l'échéance « partage du diagnostic » reste ouverte

  @D01
  Scénario: Personne n'a partagé le diagnostic
    Étant donné que l'engagement est confirmé
    Quand la tournée passe chaque jour du 1er mai 2024 au 30 août 2024
    Alors l'échéance « partage du diagnostic » est manquée
    Et le retard de « partage du diagnostic » est noté une fois
    Et les messages envoyés pour « partage du diagnostic » sont :
      | le               | à                     |
      | 10 mai 2024      | chargé de coopération |
      | 10 juin 2024     | chargé de coopération |
      | 1er juillet 2024 | chargé de coopération |
      | 23 juillet 2024  | pilote                |
      | 22 août 2024     | président du COPIL    |

  @D01
  Scénario: Le diagnostic partagé arrête les rappels
    Étant donné que l'engagement est confirmé
    Et que la tournée passe le 10 mai 2024
    Et que nous sommes le 15 mai 2024
    Et que le diagnostic est partagé le 14 mai 2024, avec un constat sur la mobilité
    Quand la tournée passe chaque jour du 16 mai 2024 au 15 juillet 2024
    Alors l'échéance « partage du diagnostic » est tenue
    Et les messages envoyés pour « partage du diagnostic » sont :
      | le          | à                     |
      | 10 mai 2024 | chargé de coopération |

  @D02
  Scénario: Un premier forum dans les trois mois
    Étant donné que nous sommes le 15 mai 2024
    Et que le diagnostic est partagé le 14 mai 2024, avec un constat sur la mobilité
    Quand la tournée passe chaque jour du 16 mai 2024 au 31 août 2024
    Alors l'échéance « premier forum » est fixée au 14 août 2024
    Et l'échéance « premier forum » est manquée
    Et les messages envoyés pour « premier forum » sont :
      | le              | à         |
      | 15 juillet 2024 | pilote    |
      | 7 août 2024     | pilote    |
      | 29 août 2024    | co-pilote |

  @D05
  Scénario: Chaque forum qui compte repousse le choix des priorités
    Étant donné que nous sommes le 20 juin 2024
    Et que le diagnostic est partagé le 14 mai 2024, avec un constat sur la mobilité
    Et qu'un forum sur la mobilité réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 5 juin 2024
    Et l'échéance « choix des priorités » est fixée au 5 août 2024
    Quand un forum sur la mobilité réunit 5 professionnels, 2 élus et 8 habitants sur l'offre et la demande le 19 juin 2024
    Alors l'échéance « choix des priorités » est fixée au 19 août 2024

  @D05
  Scénario: Un forum irrégulier ne repousse rien
    Étant donné que nous sommes le 20 juin 2024
    Et que le diagnostic est partagé le 14 mai 2024, avec un constat sur la mobilité
    Quand un forum sur la mobilité réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 13 mai 2024
    Alors le fait est gardé, mais irrégulier
    Et aucune échéance « choix des priorités » n'est fixée

  @D06
  Scénario: Quatre mois pour valider le plan
    Étant donné que nous sommes le 10 septembre 2024
    Et que le diagnostic est partagé le 14 mai 2024, avec un constat sur la mobilité
    Et qu'un forum sur la mobilité réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 5 juin 2024
    Et que le comité de pilotage décide : choix d'une priorité
    Quand la priorité « Navette » est choisie sur la mobilité
    Alors l'échéance « choix des priorités » est tenue le 10 septembre 2024, avec 36 jours de retard
    Et l'échéance « validation du plan d'actions » est fixée au 10 janvier 2025
    Quand la tournée passe chaque jour du 1er décembre 2024 au 20 février 2025
    Alors les messages envoyés pour « validation du plan d'actions » sont :
      | le               | à                                   |
      | 11 décembre 2024 | chargé de coopération               |
      | 3 janvier 2025   | chargé de coopération               |
      | 10 février 2025  | président du COPIL, membre du COPIL |
