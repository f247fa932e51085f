# language: fr
Fonctionnalité: Suspendre une échéance, ou montrer qu'elle a été tenue ailleurs
  Le comité peut suspendre les rappels d'une échéance, jusqu'à une date ou sans terme ; ce qui a été fait hors de l'outil
  compte le jour où il l'a été, sur preuve. Annulé, l'enregistrement laisse l'échéance attendue de nouveau.

  Contexte:
    Étant donné que nous sommes le 8 janvier 2024
    Et le territoire « Gascogne Toulousaine » et ses partenaires
    Et que chaque rôle est tenu, sur le territoire comme dans le département
    Et une convention ouverte du 1er janvier 2025 au 31 décembre 2029
    Et que l'engagement est confirmé
    Et que nous sommes le 1er juin 2024

  Scénario: Le comité suspend les rappels jusqu'à l'automne
    Étant donné que le comité de pilotage décide : suspension de rappels
    Quand l'échéance « partage du diagnostic » est suspendue jusqu'au 30 septembre 2024
    Alors c'est accepté
    Quand la tournée passe chaque jour du 2 juin 2024 au 30 septembre 2024
    Alors aucun message n'est envoyé pour « partage du diagnostic »
    Et le retard de « partage du diagnostic » n'est pas noté
    Quand la tournée passe chaque jour du 1er octobre 2024 au 10 octobre 2024
    Alors l'échéance « partage du diagnostic » est manquée
    Et le retard de « partage du diagnostic » est noté une fois
    Et aucun message n'est envoyé pour « partage du diagnostic »

  Scénario: Suspendue sans terme, l'échéance ne revient que si la suspension est annulée
    Étant donné que le comité de pilotage décide : suspension de rappels
    Et que l'échéance « partage du diagnostic » est suspendue sans terme
    Et que la tournée passe chaque jour du 2 juin 2024 au 31 août 2024
    Alors aucun message n'est envoyé pour « partage du diagnostic »
    Quand l'enregistrement « Échéance suspendue ou tenue ailleurs » est annulé
    Et que la tournée passe le 2 septembre 2024
    Alors l'échéance « partage du diagnostic » est manquée
    Et les messages envoyés pour « partage du diagnostic » sont :
      | le               | à                  |
      | 2 septembre 2024 | président du COPIL |

  Scénario: Le diagnostic a été partagé hors de l'outil
    Quand l'échéance « partage du diagnostic » est dite tenue ailleurs le 20 mai 2024, sur preuve
    Alors c'est accepté
    Et l'échéance « partage du diagnostic » est tenue
    Quand la tournée passe chaque jour du 2 juin 2024 au 31 août 2024
    Alors aucun message n'est envoyé pour « partage du diagnostic »

  Scénario: Tenue ailleurs, mais en retard
    Étant donné que nous sommes le 20 juillet 2024
    Quand l'échéance « partage du diagnostic » est dite tenue ailleurs le 18 juillet 2024, sur preuve
    Alors l'échéance « partage du diagnostic » est tenue le 18 juillet 2024, avec 10 jours de retard

  Scénario: Sans preuve, rien n'est tenu ailleurs
    Quand l'échéance « partage du diagnostic » est dite tenue ailleurs le 20 mai 2024, sans preuve
    Alors c'est refusé : « Aucun document ne montre que « partage du diagnostic » a été tenue ailleurs. »

  @R08
  Scénario: Un agent seul ne suspend rien
    Quand l'échéance « partage du diagnostic » est suspendue sans citer de décision
    Alors c'est refusé : « Seul le comité de pilotage suspend une échéance, par une décision à citer. »

  @R08
  Scénario: Une décision sur autre chose ne suspend rien
    Étant donné que le comité de pilotage décide : choix d'une priorité
    Quand l'échéance « partage du diagnostic » est suspendue sans terme
    Alors c'est refusé : « La décision citée est d’une autre nature »

  Scénario: La méthode ne laisse pas tout suspendre
    Étant donné que la version 2 de la méthode ne laisse pas suspendre « partage du diagnostic »
    Et que la convention passe de la version 1 à la version 2 de la méthode
    Et que le comité de pilotage décide : suspension de rappels
    Quand l'échéance « partage du diagnostic » est suspendue sans terme
    Alors c'est refusé : « La méthode ne permet pas cela pour « partage du diagnostic » : suspendu par décision du COPIL. »
