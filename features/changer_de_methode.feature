# language: fr
Fonctionnalité: Changer de méthode
  Une convention garde la version de la méthode sous laquelle elle a été ouverte, jusqu'à ce qu'on la fasse passer à une
  autre, exprès et avec un motif. Ce qui a été jugé, manqué ou envoyé reste ; revenir en arrière est un autre changement.

  Contexte:
    Étant donné que nous sommes le 8 janvier 2024
    Et le territoire « Gascogne Toulousaine » et ses partenaires
    Et que chaque rôle est tenu, sur le territoire comme dans le département
    Et une convention ouverte du 1er janvier 2025 au 31 décembre 2029
    Et que l'engagement est confirmé

  @D01
  Scénario: Les échéances suivent la nouvelle méthode, ce qui est parti n'est pas redit
    Étant donné que la version 2 de la méthode attend « partage du diagnostic » après 7 mois
    Et que la tournée passe le 10 mai 2024
    Et que nous sommes le 13 mai 2024
    Quand la convention passe de la version 1 à la version 2 de la méthode
    Alors c'est accepté
    Et le journal dit, dans l'ordre :
      | La convention a changé de méthode |
    Et l'échéance « partage du diagnostic » est fixée au 8 août 2024
    Quand la tournée passe chaque jour du 14 mai 2024 au 20 juillet 2024
    Alors les messages envoyés pour « partage du diagnostic » sont :
      | le              | à                     |
      | 10 mai 2024     | chargé de coopération |
      | 10 juin 2024    | chargé de coopération |
      | 9 juillet 2024  | chargé de coopération |

  @D01
  Scénario: Ce qui devient en retard est noté une fois, rien de passé n'est envoyé
    Étant donné que la version 2 de la méthode attend « partage du diagnostic » après 1 mois
    Et que nous sommes le 13 mai 2024
    Quand la convention passe de la version 1 à la version 2 de la méthode
    Et la tournée passe chaque jour du 13 mai 2024 au 20 juillet 2024
    Alors l'échéance « partage du diagnostic » est manquée
    Et le retard de « partage du diagnostic » est noté une fois
    Et aucun message n'est envoyé pour « partage du diagnostic »

  @D01
  Scénario: Un aller et retour ne laisse qu'une trace
    Étant donné que la version 2 de la méthode attend « partage du diagnostic » après 7 mois
    Et que nous sommes le 13 mai 2024
    Et que la convention passe de la version 1 à la version 2 de la méthode
    Et que nous sommes le 14 mai 2024
    Quand la convention passe de la version 2 à la version 1 de la méthode
    Alors c'est accepté
    Et l'échéance « partage du diagnostic » est fixée au 8 juillet 2024

  @R33 @refused
  Scénario: Le pilote, qui doit tenir les échéances, ne choisit pas sa méthode
    Étant donné que la version 2 de la méthode attend « partage du diagnostic » après 7 mois
    Quand le pilote fait passer la convention à la version 2 de la méthode
    Alors c'est refusé : « Votre rôle ne permet pas cet acte ici »

  Scénario: Le pilote du département la choisit
    Étant donné que la version 2 de la méthode attend « partage du diagnostic » après 7 mois
    Quand le pilote du département fait passer la convention à la version 2 de la méthode
    Alors c'est accepté

  Scénario: Une version qui n'est pas publiée, la même, une autre que celle qu'on croit quitter
    Quand la convention passe de la version 1 à la version 9 de la méthode
    Alors c'est refusé : « n'existe pas »
    Quand la convention passe de la version 1 à la version 1 de la méthode
    Alors c'est refusé : « La convention suit déjà Méthode Cnaf 2020, version 1 »
    Étant donné que la version 2 de la méthode attend « partage du diagnostic » après 7 mois
    Quand la convention passe de la version 3 à la version 2 de la méthode
    Alors c'est refusé : « La convention suit Méthode Cnaf 2020, version 1, et non la méthode que vous pensiez quitter »

  @R13 @refused
  Scénario: Une méthode qui ne connaît pas un des signataires
    Étant donné que la version 2 de la méthode ne connaît pas de mandat pour la MSA
    Quand la convention passe de la version 1 à la version 2 de la méthode
    Alors c'est refusé : « Cette méthode ne dit pas par quel acte ces signataires s'engagent »

  Scénario: Un thème dont on se sert reste à citer
    Étant donné que nous sommes le 30 septembre 2024
    Et que le diagnostic est partagé le 14 mai 2024, avec un constat sur la mobilité
    Et que la version 2 de la méthode ne nomme plus le thème la mobilité
    Quand la convention passe de la version 1 à la version 2 de la méthode
    Alors c'est accepté, avec un signalement : « la convention garde ces thèmes »
    Quand un forum sur la mobilité réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 5 juin 2024
    Alors c'est accepté

  @R30 @notice
  Scénario: Une dérogation que la nouvelle méthode ne permet plus
    Étant donné que nous sommes le 30 septembre 2024
    Et que le comité de pilotage décide : dérogation motivée
    Et que le comité de pilotage dispense de croiser le thème en forum jusqu'au 31 décembre 2024
    Et que la version 2 de la méthode ne laisse écarter aucune règle
    Quand la convention passe de la version 1 à la version 2 de la méthode
    Alors c'est accepté, avec un signalement : « la nouvelle méthode ne le permet plus »

  Scénario: De ce qui est clos, la méthode ne change plus
    Étant donné que la version 2 de la méthode attend « partage du diagnostic » après 7 mois
    Et que le comité de pilotage décide : abandon de la convention
    Et que la convention est close
    Quand la convention passe de la version 1 à la version 2 de la méthode
    Alors c'est refusé : « La convention est close »
