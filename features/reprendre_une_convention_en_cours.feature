# language: fr
Fonctionnalité: Reprendre une convention qui court déjà
  Une convention signée avant que l'outil n'arrive est reprise au jour que l'on dit, avec ce que l'on sait de son passé.
  Ce que l'on ne sait pas n'est ni en retard ni relancé ; la suite obéit à la méthode.

  Contexte:
    Étant donné que nous sommes le 15 juin 2026
    Et le territoire « Gascogne Toulousaine » et ses partenaires

  @R34 @accepted
  Scénario: Ce que l'on sait est gardé, ce que l'on ne sait pas ne presse personne
    Quand la convention du 1er janvier 2024 au 31 décembre 2027 est reprise au 15 juin 2026, en sachant :
      | engagement         | 14 mars 2022     |
      | diagnostic partagé | 18 octobre 2022  |
      | forums             | on ne sait pas   |
      | priorités choisies | 2 février 2023   |
      | plan validé        | 15 juin 2023     |
      | signature de tous  | 30 novembre 2023 |
      | entrée en vigueur  | 1er janvier 2024 |
      | bilan 2024         | 27 mars 2025     |
      | bilan 2025         | on ne sait pas   |
    Alors c'est accepté
    Et l'échéance « bilan annuel » est fixée au 31 mars 2027
    Et la prochaine échéance est « bilan annuel », le 31 mars 2027
    Et toutes les échéances jusqu'ici sont tenues
    Quand la tournée passe chaque jour du 15 juin 2026 au 15 juillet 2026
    Alors aucun message n'est envoyé pour « bilan annuel »

  @R34 @accepted
  Scénario: On ne sait rien de son passé
    Quand la convention du 1er janvier 2024 au 31 décembre 2027 est reprise au 15 juin 2026, sans rien en savoir
    Alors c'est accepté
    Et toutes les échéances jusqu'ici sont tenues
    Et la prochaine échéance est « bilan annuel », le 31 mars 2027

  @R34 @accepted
  Scénario: La suite obéit à la méthode
    Étant donné la convention du 1er janvier 2024 au 31 décembre 2027 est reprise au 15 juin 2026, sans rien en savoir
    Et que nous sommes le 20 mars 2027
    Et que le comité de pilotage décide : validation d'un bilan
    Quand le bilan annuel de 2026 est enregistré
    Alors c'est accepté
    Et l'échéance « bilan annuel » est tenue le 20 mars 2027, avec 0 jours de retard

  @D16
  Scénario: Le bilan qui suit la reprise est rappelé comme un autre
    Étant donné la convention du 1er janvier 2024 au 31 décembre 2027 est reprise au 15 juin 2026, sans rien en savoir
    Et chaque rôle est tenu, sur le territoire comme dans le département
    Quand la tournée passe chaque jour du 28 décembre 2026 au 8 janvier 2027
    Alors les messages envoyés pour « bilan annuel » sont :
      | le             | à      |
      | 31 décembre 2026 | pilote |

  @D17 @D18
  Scénario: Le terme d'une convention reprise est rappelé comme un autre, son milieu non
    Étant donné la convention du 1er janvier 2024 au 31 décembre 2027 est reprise au 15 juin 2026, sans rien en savoir
    Et chaque rôle est tenu, sur le territoire comme dans le département
    Alors l'échéance « préparation du renouvellement » est fixée au 31 décembre 2027
    Et aucune échéance « bilan à mi-parcours » n'est fixée
    Quand la tournée passe le 1er octobre 2026
    Alors les messages envoyés pour « préparation du renouvellement » sont :
      | le               | à                                                    |
      | 1er octobre 2026 | pilote, chargé de conseil et développement de la Caf |

  @R34 @accepted
  Scénario: Un fait inconnu est daté plus tard, et rien d'autre ne bouge
    Étant donné la convention du 1er janvier 2024 au 31 décembre 2027 est reprise au 15 juin 2026, sans rien en savoir
    Quand le fait d'avant la reprise « diagnostic partagé » est daté du 18 octobre 2022
    Alors c'est accepté
    Quand le bilan de 2025 d'avant la reprise est daté du 20 mars 2026
    Alors c'est accepté
    Et la prochaine échéance est « bilan annuel », le 31 mars 2027

  @R34 @refused
  Scénario: Un fait déjà daté se corrige, il ne se redit pas
    Étant donné la convention du 1er janvier 2024 au 31 décembre 2027 est reprise au 15 juin 2026, sans rien en savoir
    Et que le fait d'avant la reprise « plan validé » est daté du 15 juin 2023
    Quand le fait d'avant la reprise « plan validé » est daté du 16 juin 2023
    Alors c'est refusé : « ce fait est déjà daté du 15 juin 2023 »

  @R34 @refused
  Scénario: Ce qui est arrivé après la reprise passe par son propre acte
    Étant donné que nous sommes le 20 juillet 2026
    Quand la convention du 1er janvier 2024 au 31 décembre 2027 est reprise au 15 juin 2026, en sachant :
      | plan validé | 1er juillet 2026 |
    Alors c'est refusé : « le 1er juillet 2026 est après la reprise du 15 juin 2026 »

  @R34 @refused
  Plan du Scénario: Une convention qui ne court pas ce jour-là n'est pas reprise
    Quand la convention du <début> au <fin> est reprise au 15 juin 2026, sans rien en savoir
    Alors c'est refusé : « Le 15 juin 2026, cette convention ne court pas »

    Exemples:
      | début             | fin              |
      | 1er janvier 2027  | 31 décembre 2030 |
      | 1er janvier 2021  | 31 décembre 2025 |

  @R34 @refused
  Scénario: Une convention qui a commencé ici n'a pas de faits d'avant
    Étant donné une convention ouverte du 1er janvier 2027 au 31 décembre 2030
    Quand le fait d'avant la reprise « plan validé » est daté du 1er juin 2026
    Alors c'est refusé : « Cette convention n'a pas été reprise »

  @R34 @notice
  Scénario: Deux jours qui ne se suivent pas sont gardés, et signalés
    Quand la convention du 1er janvier 2024 au 31 décembre 2027 est reprise au 15 juin 2026, en sachant :
      | diagnostic partagé | 18 octobre 2022 |
      | plan validé        | 15 juin 2022    |
    Alors c'est accepté, avec un signalement : « plan validé est daté du 15 juin 2022, avant diagnostic partagé »

  @R34 @notice
  Scénario: Le détail d'avant la reprise entre par les actes ordinaires, sans règle qui refuse
    Étant donné la convention du 1er janvier 2024 au 31 décembre 2027 est reprise au 15 juin 2026, sans rien en savoir
    Et que le comité de pilotage décide : choix d'une priorité, le 2 février 2023
    Quand la priorité « Navette » est choisie sur la mobilité, sans citer de constat, le 2 février 2023
    Alors c'est accepté, avec un signalement : « est d'avant la reprise du 15 juin 2026 »

  @R06 @refused
  Scénario: Après la reprise, les règles de la méthode tiennent
    Étant donné la convention du 1er janvier 2024 au 31 décembre 2027 est reprise au 15 juin 2026, sans rien en savoir
    Et que nous sommes le 20 septembre 2026
    Et que le comité de pilotage décide : choix d'une priorité
    Quand la priorité « Navette » est choisie sur la mobilité, sans citer de constat
    Alors c'est refusé : « n'a pas encore été croisé dans des forums »

  @R03 @refused
  Scénario: Une convention n'est pas reprise à un jour à venir
    Quand la convention du 1er janvier 2024 au 31 décembre 2027 est reprise au 1er juillet 2026, sans rien en savoir
    Alors c'est refusé : « ce jour n'est pas encore venu »

  @R34 @notice
  Scénario: Le plan repris se dit par les actes ordinaires, et rien de ce qu'on en ignore n'est un retard
    Étant donné que la convention du 1er janvier 2024 au 31 décembre 2027 est reprise au 15 juin 2026, en sachant :
      | plan validé | 15 juin 2023   |
      | argent      | on ne sait pas |
      | mesures     | on ne sait pas |
    Quand la priorité « Navette » est choisie sur la mobilité, sans citer de constat, sans décision connue, le 2 février 2023
    Alors c'est accepté, avec un signalement : « est d'avant la reprise du 15 juin 2026 »
    Quand la fiche action « Navette du marché » est rédigée pour la priorité « Navette », du 1er février 2024 au 31 décembre 2025, le 1er mars 2024
    Alors c'est accepté, avec un signalement : « est d'avant la reprise du 15 juin 2026 »
    Et aucune action n'est en retard
    Et de l'action « Navette du marché », on ne sait pas l'état
    Et toutes les échéances jusqu'ici sont tenues

  @R34 @accepted
  Scénario: Le jour que personne ne sait est celui de la reprise
    Étant donné la convention du 1er janvier 2024 au 31 décembre 2027 est reprise au 15 juin 2026, sans rien en savoir
    Quand la priorité « Navette » est choisie sur la mobilité, sans citer de constat, sans décision connue, le 15 juin 2026
    Alors c'est accepté
    Quand la fiche action « Navette du marché » est rédigée pour la priorité « Navette », sans porteur ni dates
    Alors c'est accepté
    Et de l'action « Navette du marché », on ne sait pas l'état ni le porteur ni les dates

  @R34
  Scénario: Ce qui arrive au plan après la reprise est attendu comme ailleurs
    Étant donné la convention du 1er janvier 2024 au 31 décembre 2027 est reprise au 15 juin 2026, sans rien en savoir
    Et que la priorité « Navette » est choisie sur la mobilité, sans citer de constat, sans décision connue, le 15 juin 2026
    Et que la fiche action « Navette du marché » est rédigée pour la priorité « Navette », du 1er février 2024 au 30 septembre 2026, le 15 juin 2026
    Et que nous sommes le 20 novembre 2026
    Alors l'action « Navette du marché » est en retard depuis le 30 septembre 2026

  @R08 @refused
  Scénario: Après la reprise, une priorité dit quelle décision l'a choisie
    Étant donné la convention du 1er janvier 2024 au 31 décembre 2027 est reprise au 15 juin 2026, sans rien en savoir
    Et que nous sommes le 20 septembre 2026
    Quand la priorité « Navette » est choisie sur la mobilité, sans citer de constat, sans décision connue
    Alors c'est refusé : « ne dit pas quelle décision l’a pris »

  @R34 @accepted
  Scénario: On dit depuis quand l'argent et les mesures sont connus
    Étant donné la convention du 1er janvier 2024 au 31 décembre 2027 est reprise au 15 juin 2026, sans rien en savoir
    Quand le fait d'avant la reprise « argent » est daté du 1er janvier 2025
    Alors c'est accepté
    Quand le fait d'avant la reprise « mesures » est daté du 1er janvier 2025
    Alors c'est accepté

  @R34 @refused
  Scénario: L'argent d'avant la reprise n'est pas connu depuis un jour d'après
    Étant donné la convention du 1er janvier 2024 au 31 décembre 2027 est reprise au 15 juin 2026, sans rien en savoir
    Et que nous sommes le 20 septembre 2026
    Quand le fait d'avant la reprise « argent » est daté du 1er juillet 2026
    Alors c'est refusé : « est après la reprise du 15 juin 2026 »
