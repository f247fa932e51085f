# language: fr
Fonctionnalité: Donner, passer et reprendre les rôles
  Un rôle se reçoit d'un autre, vaut là où il est donné et nulle part ailleurs, et cesse dès qu'on y met fin.

  Contexte:
    Étant donné que nous sommes le 1er février 2024
    Et le territoire « Gascogne Toulousaine » et ses partenaires
    Et une convention ouverte du 1er janvier 2025 au 31 décembre 2029
    Et que chaque rôle est tenu, sur le territoire comme dans le département

  @R33 @accepted
  Scénario: Le pilote de la convention-cadre nomme un pilote
    Quand le pilote de la convention-cadre donne à Camille le rôle de pilote
    Alors c'est accepté
    Et Camille tient le rôle de pilote
    Quand Camille confirme l'engagement
    Alors c'est accepté

  @R33 @refused
  Plan du Scénario: Un pilote et la voix d'un partenaire ne se donnent pas entre voisins
    Quand <qui> donne à Camille le rôle de <rôle>
    Alors c'est refusé : « Votre rôle ne permet pas cet acte ici »

    Exemples:
      | qui                     | rôle                                     |
      | le pilote               | pilote                                   |
      | le co-pilote            | pilote                                   |
      | le pilote               | représentant du partenaire pour la Caf   |
      | le pilote               | exécutif du partenaire pour la Caf       |
      | la MSA                  | représentant du partenaire pour la Caf   |
      | le chargé de coopération | membre du COPIL                         |

  @R33 @accepted
  Scénario: Un partenaire dit lui-même qui parle pour lui
    Quand la Caf donne à Camille le rôle de représentant du partenaire pour la Caf
    Alors c'est accepté

  @R33 @refused
  Scénario: Nul ne se donne un rôle
    Étant donné que le pilote de la convention-cadre donne à Camille le rôle de co-pilote
    Quand Camille se donne le rôle de chargé de coopération
    Alors c'est refusé : « Nul ne se donne un rôle à soi-même »

  @R33 @refused
  Scénario: Une clé ne donne aucun rôle
    Quand la clé d'un outil de pilote donne à Camille le rôle de chargé de coopération
    Alors c'est refusé : « Une clé ne donne aucun rôle »

  # --- fin et transmission

  @R33 @accepted
  Scénario: Un rôle prend fin aussitôt
    Étant donné que l'administrateur donne à Camille le rôle de pilote
    Et que Camille confirme l'engagement
    Quand l'administrateur met fin au rôle de pilote de Camille
    Alors c'est accepté
    Et Camille ne tient plus le rôle de pilote
    Quand Camille confirme l'engagement
    Alors c'est introuvable

  @R33 @refused
  Scénario: On ne met pas fin au rôle d'un pilote sans pouvoir en nommer un
    Étant donné que l'administrateur donne à Camille le rôle de pilote
    Quand le co-pilote met fin au rôle de pilote de Camille
    Alors c'est refusé : « Votre rôle ne permet pas cet acte ici »

  @R33 @accepted
  Scénario: Chacun renonce à son propre rôle
    Étant donné que l'administrateur donne à Camille le rôle de l'auditeur
    Quand Camille renonce à son rôle de l'auditeur
    Alors c'est accepté
    Et Camille ne tient plus le rôle de l'auditeur

  Scénario: On ne met fin qu'à un rôle tenu
    Étant donné que l'administrateur donne à Camille le rôle de pilote
    Et que l'administrateur met fin au rôle de pilote de Camille
    Quand l'administrateur met fin au rôle de pilote de Camille
    Alors c'est refusé : « Ce rôle n'est pas, ou n'est plus, tenu »

  @R33 @accepted
  Scénario: Un rôle passe d'une personne à une autre
    Étant donné que l'administrateur donne à Camille le rôle de pilote
    Quand le pilote de la convention-cadre passe à Claude le rôle de pilote de Camille
    Alors c'est accepté
    Et Claude tient le rôle de pilote
    Et Camille ne tient plus le rôle de pilote

  @R33 @refused
  Scénario: Le tenir ne suffit pas pour le passer
    Étant donné que l'administrateur donne à Camille le rôle de pilote
    Quand Camille passe à Claude le rôle de pilote de Camille
    Alors c'est refusé : « Votre rôle ne permet pas cet acte ici »

  # --- la seule personne qui administre

  @R33 @notice @accepted
  Scénario: La seule administratrice prend le rôle de pilote, une seconde personne le confirme
    Étant donné que Camille administre seule l'installation
    Quand Camille, qui administre l'installation, se donne le rôle de pilote
    Alors c'est accepté, avec un signalement : « une seconde personne doit le confirmer »
    Et le rôle de pilote de Camille attend une confirmation
    Quand le président du COPIL confirme le rôle de pilote de Camille
    Alors c'est accepté
    Et le rôle de pilote de Camille n'attend plus rien

  @R33 @refused
  Scénario: Elle ne le confirme pas elle-même
    Étant donné que Camille administre seule l'installation
    Et que Camille, qui administre l'installation, se donne le rôle de pilote
    Quand Camille confirme le rôle de pilote de Camille
    Alors c'est refusé : « ni ne confirme le sien »

  @R33 @refused
  Scénario: Une administratrice parmi d'autres ne prend rien
    Étant donné que Camille administre seule l'installation
    Et que Claude administre aussi l'installation
    Quand Camille, qui administre l'installation, se donne le rôle de pilote
    Alors c'est refusé : « Nul ne se donne un rôle à soi-même »

  # --- deux conventions-cadres dans la même installation

  Scénario: Le pilote d'une convention-cadre ne voit ni l'autre ni ses territoires
    Étant donné un autre territoire, « Val de Save »
    Et une autre convention-cadre, « CTG voisine », suit le territoire « Val de Save »
    Quand le pilote de « CTG voisine » fait signer la Caf sur la convention-cadre du département
    Alors c'est introuvable
    Quand le pilote de « CTG voisine » nomme Camille pilote de la convention-cadre
    Alors c'est introuvable
    Quand le pilote de « CTG voisine » donne à Camille le rôle de pilote
    Alors c'est introuvable

  @R33 @refused
  Scénario: Il n'attire pas à lui les territoires des autres
    Étant donné un autre territoire, « Val de Save »
    Et une autre convention-cadre, « CTG voisine », suit le territoire « Val de Save »
    Quand le pilote de la convention-cadre rattache le territoire « Val de Save » à la convention-cadre du département
    Alors c'est refusé : « Votre rôle ne permet pas cet acte ici »

  @R33 @accepted
  Scénario: Un rôle sur la convention-cadre passe, puis prend fin
    Étant donné que l'administrateur nomme Camille pilote de la convention-cadre
    Quand l'administrateur passe à Claude le rôle de Camille sur la convention-cadre
    Alors c'est accepté
    Quand Camille fait signer la Caf sur la convention-cadre
    Alors c'est introuvable
    Quand Claude fait signer la Caf sur la convention-cadre
    Alors c'est accepté
    Quand l'administrateur met fin au rôle de Claude sur la convention-cadre
    Alors c'est accepté
    Quand Claude fait signer la Caf sur la convention-cadre
    Alors c'est introuvable
