# language: fr
Fonctionnalité: Ouvrir une convention sur un territoire
  Une convention couvre un périmètre pendant un à cinq ans.
  Deux conventions ne couvrent jamais la même chose en même temps.

  Contexte:
    Étant donné que nous sommes le 10 janvier 2025
    Et le territoire « Gascogne Toulousaine » et ses partenaires

  @R01 @accepted
  Scénario: Le périmètre est libre
    Quand une convention est ouverte, du 1er janvier 2025 au 31 décembre 2029
    Alors c'est accepté

  @R01 @refused
  Scénario: Une autre convention couvre déjà le périmètre
    Étant donné une convention ouverte du 1er janvier 2025 au 31 décembre 2029
    Quand une autre convention est ouverte, du 1er janvier 2027 au 31 décembre 2030
    Alors c'est refusé : « Une autre convention couvre déjà une partie de ce périmètre du 1er janvier 2025 au 31 décembre 2029 »

  @R01 @accepted
  Scénario: La suivante commence le lendemain de la fin
    Étant donné une convention ouverte du 1er janvier 2025 au 31 décembre 2029
    Quand une autre convention est ouverte, du 1er janvier 2030 au 31 décembre 2034
    Alors c'est accepté

  @R01 @accepted
  Scénario: La suivante est préparée avant la fin de la première
    Étant donné une convention ouverte du 1er janvier 2025 au 31 décembre 2029
    Quand une autre convention est ouverte, du 1er juillet 2029 au 31 décembre 2033, à la suite de la première
    Alors c'est accepté

  @R01 @accepted
  Scénario: Une partie du périmètre reçoit sa propre convention
    Étant donné une convention ouverte du 1er janvier 2025 au 31 décembre 2029
    Quand une autre convention est ouverte, du 1er janvier 2026 au 31 décembre 2028, sur une partie du périmètre de la première
    Alors c'est accepté

  @R01 @accepted
  Scénario: Une commune arrivée après l'ouverture est encore libre
    Étant donné une convention ouverte du 1er janvier 2025 au 31 décembre 2029
    Quand une commune rejoint le territoire
    Alors c'est accepté
    Quand une autre convention est ouverte, du 1er janvier 2026 au 31 décembre 2029, sur la commune arrivée
    Alors c'est accepté

  Scénario: On ne succède pas à une convention d'ailleurs
    Étant donné un autre territoire, « Val de Save »
    Et une convention de « Val de Save » ouverte du 1er janvier 2025 au 31 décembre 2029
    Quand une convention est ouverte, du 1er janvier 2026 au 31 décembre 2028, à la suite de celle de « Val de Save »
    Alors c'est refusé : « ce qui est indiqué n'existe pas ici »

  Scénario: On ne prend pas une partie d'une convention d'ailleurs
    Étant donné un autre territoire, « Val de Save »
    Et une convention de « Val de Save » ouverte du 1er janvier 2025 au 31 décembre 2029
    Quand une convention est ouverte, du 1er janvier 2026 au 31 décembre 2028, sur une partie de celle de « Val de Save »
    Alors c'est refusé : « ce qui est indiqué n'existe pas ici »

  @R33 @refused
  Scénario: Un pilote n'ouvre pas sur les communes du voisin
    Étant donné un autre territoire, « Val de Save »
    Quand une convention est ouverte, du 1er janvier 2025 au 31 décembre 2029, sur les communes de « Val de Save »
    Alors c'est refusé : « Ces communes ne sont pas de ce territoire »

  @R02 @accepted
  Scénario: Cinq ans tout juste
    Quand une convention est ouverte, du 1er mars 2025 au 28 février 2030
    Alors c'est accepté

  @R02 @refused
  Plan du Scénario: La durée n'est pas celle de la méthode
    Quand une convention est ouverte, du <début> au <fin>
    Alors c'est refusé : « la méthode demande une durée, en années, de 1 à 5 »

    Exemples:
      | début         | fin              |
      | 1er mars 2025 | 1er mars 2030    |
      | 1er mars 2025 | 30 novembre 2025 |
      | 1er mars 2025 | 28 février 2025  |

  @R03 @accepted
  Scénario: Le travail a commencé avant que la convention soit ouverte
    Quand la convention du 1er janvier 2026 au 31 décembre 2029 est ouverte, le travail ayant commencé le 2 septembre 2024
    Alors c'est accepté
    Quand l'engagement est confirmé le 9 septembre 2024
    Alors c'est accepté
    Et l'échéance « partage du diagnostic » est fixée au 10 mars 2025

  @R03 @irregular
  Scénario: Un fait d'avant le début du travail est gardé, sans effet
    Étant donné la convention du 1er janvier 2026 au 31 décembre 2029 est ouverte, le travail ayant commencé le 2 septembre 2024
    Quand l'engagement est confirmé le 30 août 2024
    Alors le fait est gardé, mais irrégulier
    Et aucune échéance « partage du diagnostic » n'est fixée

  Scénario: Le travail n'a pas commencé après l'ouverture
    Quand la convention du 1er janvier 2026 au 31 décembre 2029 est ouverte, le travail ayant commencé le 11 janvier 2025
    Alors c'est refusé : « après l'ouverture du 10 janvier 2025 »
