# language: fr
Fonctionnalité: Tenir un registre auquel on peut se fier
  Chaque fait a sa date, son auteur et sa place. Rien n'est écrit deux fois, rien n'est perdu.

  Contexte:
    Étant donné que nous sommes le 1er février 2024
    Et le territoire « Gascogne Toulousaine » et ses partenaires
    Et une convention ouverte du 1er janvier 2025 au 31 décembre 2029
    Et que nous sommes le 14 mai 2024

  @R03 @accepted
  Scénario: Un fait d'hier
    Quand l'engagement est confirmé le 13 mai 2024
    Alors c'est accepté

  @R03 @refused
  Scénario: Un fait de demain
    Quand l'engagement est confirmé le 15 mai 2024
    Alors c'est refusé : « Un fait ne peut pas être daté du 15 mai 2024 : nous sommes le 14 mai 2024. »

  @R03 @irregular
  Scénario: Un fait d'avant l'ouverture
    Quand l'engagement est confirmé le 31 janvier 2024
    Alors le fait est gardé, mais irrégulier

  @R03 @irregular
  Scénario: Un diagnostic d'avant l'ouverture est gardé aussi
    Quand le diagnostic est partagé le 31 janvier 2024, avec un constat sur la mobilité
    Alors le fait est gardé, mais irrégulier

  @R03 @refused
  Scénario: Une décision d'avant l'ouverture
    Étant donné que le comité de pilotage décide : choix d'une priorité, le 30 janvier 2024
    Quand la priorité « Navette » est choisie sur la mobilité, le 31 janvier 2024
    Alors c'est refusé : « Une décision ne peut pas être datée du 31 janvier 2024, avant le »

  @R31 @accepted
  Scénario: Une demande répétée ne compte qu'une fois
    Quand l'engagement est confirmé le 13 mai 2024
    Et que la même demande est envoyée une seconde fois
    Alors c'est accepté
    Et rien de plus n'est enregistré

  @R31 @refused
  Scénario: Le dossier a changé pendant que je lisais
    Étant donné que l'engagement est confirmé le 13 mai 2024
    Quand le pilote confirme l'engagement sans avoir relu le dossier
    Alors c'est refusé : « Le dossier a changé entre-temps »
    Quand le pilote confirme l'engagement après avoir relu le dossier
    Alors c'est accepté

  @R33 @accepted
  Scénario: Le chargé de coopération enregistre pour le pilote
    Étant donné que c'est le chargé de coopération qui écrit
    Quand l'engagement est confirmé le 13 mai 2024
    Alors c'est accepté

  @R33 @refused
  Plan du Scénario: Les autres lisent
    Étant donné que c'est <qui> qui écrit
    Quand l'engagement est confirmé le 13 mai 2024
    Alors c'est refusé : « Votre rôle ne permet pas cet acte ici »

    Exemples:
      | qui                |
      | l'auditeur         |
      | l'élu référent     |
      | le membre du COPIL |
      | la MSA             |

  @R33 @accepted @refused
  Scénario: Un partenaire n'enregistre que ce qui lui appartient
    Étant donné que c'est la MSA qui écrit
    Quand la MSA décide de signer le 2 mai 2024
    Alors c'est accepté
    Quand la Caf décide de signer le 2 mai 2024
    Alors c'est refusé : « Votre rôle ne permet pas cet acte ici : « Enregistrer le mandat d'un signataire » »

  Scénario: Le territoire voisin ne voit rien
    Étant donné un autre territoire, « Val de Save »
    Et que c'est le pilote de « Val de Save » qui écrit
    Quand l'engagement est confirmé le 13 mai 2024
    Alors c'est introuvable
