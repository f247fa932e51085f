# language: fr
Fonctionnalité: Dire qui mène, en discuter, et le régler
  Un partenaire est chef de file, ou coordonne les acteurs locaux : sur toute la convention-cadre, sur un territoire, ou sur un thème.
  Ce n'est ni signer ni piloter, et cela ne donne aucun droit. Le rôle se partage, se transmet, se conteste. Personne ne mène : c'est
  une réponse aussi, et elle se lit.

  Contexte:
    Étant donné que nous sommes le 1er février 2024
    Et le territoire « Gascogne Toulousaine » et ses partenaires
    Et que chaque rôle est tenu, sur le territoire comme dans le département
    Et une convention ouverte du 1er janvier 2025 au 31 décembre 2029
    Et un CCAS est inscrit au registre

  # --- Désigner ---

  @accepted
  Scénario: Un chef de file sur tout, un autre sur un thème
    Quand le Département est désigné chef de file
    Alors c'est accepté
    Quand la Caf est désignée chef de file sur « petite enfance »
    Alors c'est accepté
    Et il se lit que mène : le Département
    Et il se lit que mène sur « petite enfance » : la Caf

  @accepted
  Scénario: Un chef de file sur toute la convention-cadre
    Quand le Département est désigné chef de file de la convention-cadre
    Alors c'est accepté
    Quand la Caf est désignée chef de file de la convention-cadre sur « petite enfance »
    Alors c'est accepté
    Et il se lit que mène dans la convention-cadre : le Département

  @refused
  Scénario: Un thème qui n'est pas de la méthode n'a pas de chef de file
    Quand la Caf est désignée chef de file sur un thème inconnu
    Alors c'est refusé : « n’existe pas »
    Quand la Caf est désignée chef de file de la convention-cadre sur un thème inconnu
    Alors c'est refusé : « n’existe pas »

  @refused
  Scénario: Un seul chef de file à la fois, à moins de partager
    Étant donné que le Département est désigné chef de file
    Quand la Caf est désignée chef de file
    Alors c'est refusé : « Quelqu’un mène déjà : le Département »
    Quand le rôle est partagé avec la Caf
    Alors c'est accepté
    Et il se lit que mène : le Département et la Caf
    Quand le rôle est partagé avec la Caf
    Alors c'est refusé : « la Caf mène déjà »

  @accepted @refused
  Scénario: Coordonner revient à un CCAS ou à un CIAS
    Quand la Caf est désignée coordonnateur
    Alors c'est refusé : « ne coordonne pas les acteurs locaux »
    Quand le CCAS est désigné coordonnateur
    Alors c'est accepté
    Quand le Département est désigné chef de file
    Alors c'est accepté
    Et il se lit que coordonne : le CCAS
    Et il se lit que mène : le Département

  @R08 @accepted @refused
  Scénario: La décision citée existe, et une instance entitrée ici l'a prise
    Étant donné que la réunion « printemps » du comité de pilotage est tenue, et décide : autre décision
    Quand le Département est désigné chef de file, par la décision du comité
    Alors c'est accepté
    Étant donné que la convention-cadre a son comité
    Et que le comité de la convention-cadre décide de « Dire qui mène »
    Quand la Caf est désignée chef de file sur « petite enfance », par la décision du comité de la convention-cadre
    Alors c'est refusé : « ne peut pas s’appuyer sur cette décision »
    Quand la Caf est désignée chef de file de la convention-cadre, par la décision « Dire qui mène »
    Alors c'est accepté

  @refused
  Scénario: Une décision qui n'existe pas ne désigne personne
    Étant donné que la convention-cadre a son comité
    Quand la MSA est désignée chef de file de la convention-cadre, par la décision « Une autre »
    Alors c'est refusé : « n’existe pas »

  @R08 @refused
  Scénario: Une décision sur autre chose ne désigne personne
    Étant donné que la réunion « printemps » du comité de pilotage est tenue, et décide : choix d'une priorité
    Quand le Département est désigné chef de file, par la décision du comité
    Alors c'est refusé : « d’une autre nature »

  @R33 @refused
  Scénario: Un partenaire ne se désigne pas lui-même
    Étant donné que c'est la Caf qui écrit
    Quand la Caf est désignée chef de file
    Alors c'est refusé : « ne permet pas »

  # --- Transmettre, finir ---

  @accepted @refused
  Scénario: Le rôle se transmet, puis finit, avec un motif
    Étant donné que le Département est désigné chef de file
    Et que nous sommes le 3 juin 2024
    Quand la MSA cesse de mener
    Alors c'est refusé : « la MSA ne mène pas ici »
    Quand le Département cesse de mener, la Caf prend la suite
    Alors c'est accepté
    Et il se lit que mène : la Caf
    Quand la Caf cesse de mener
    Alors c'est accepté
    Et il se lit que personne ne mène
    Quand le rôle est partagé avec la MSA
    Alors c'est refusé : « Ce rôle a pris fin le 3 juin 2024 »

  @R33 @accepted @refused
  Scénario: Un partenaire rend ce qu'il mène, et pas ce que mène un autre
    Étant donné que le Département est désigné chef de file
    Et que le rôle est partagé avec la Caf
    Et que c'est la Caf qui écrit
    Quand le Département cesse de mener
    Alors c'est refusé : « ne permet pas »
    Quand la Caf cesse de mener
    Alors c'est accepté
    Et il se lit que mène : le Département

  @refused
  Scénario: Un coordonnateur ne transmet pas à qui ne coordonne pas
    Étant donné que le CCAS est désigné coordonnateur
    Quand le CCAS cesse de coordonner, la Caf prend la suite
    Alors c'est refusé : « ne coordonne pas les acteurs locaux »

  @refused
  Scénario: Rien ne finit avant d'avoir commencé
    Étant donné que le Département est désigné chef de file
    Quand le Département cesse de mener, le 15 janvier 2024
    Alors c'est refusé : « 1er février 2024 »

  # --- Contester ---

  @accepted
  Scénario: Un partenaire demande à mener, et rien ne change jusqu'à la réponse
    Étant donné que le Département est désigné chef de file
    Quand la Caf demande à mener à la place
    Alors c'est accepté
    Et il se lit que mène : le Département
    Et il se lit que c'est contesté par la Caf

  @refused
  Scénario: Ce qui est contesté se règle d'abord
    Étant donné que le Département est désigné chef de file
    Et que la Caf demande à mener à la place
    Quand le rôle est partagé avec la MSA
    Alors c'est refusé : « Qui mène est contesté depuis le 1er février 2024 »
    Quand le Département cesse de mener
    Alors c'est refusé : « Qui mène est contesté depuis le 1er février 2024 »

  @refused
  Scénario: Un partenaire ne conteste pas deux fois, ni ce qu'il mène seul
    Étant donné que le Département est désigné chef de file
    Quand le Département demande à mener à la place
    Alors c'est refusé : « le Département mène déjà »
    Étant donné que la Caf demande à mener avec
    Quand la Caf demande à mener à la place
    Alors c'est refusé : « conteste déjà qui mène, depuis le 1er février 2024 »

  @R33 @refused
  Scénario: Un partenaire ne conteste pas au nom d'un autre, et ne règle rien
    Étant donné que le Département est désigné chef de file
    Et que la MSA demande à mener à la place
    Et que c'est la Caf qui écrit
    Quand la MSA demande à mener avec
    Alors c'est refusé : « ne permet pas »
    Quand la demande de la MSA est réglée : « qui conteste mène à la place »
    Alors c'est refusé : « ne permet pas »
    Quand la demande de la MSA est retirée
    Alors c'est refusé : « ne permet pas »

  # --- Régler ---

  @accepted
  Plan du Scénario: La contestation se règle de quatre manières
    Étant donné que le Département est désigné chef de file
    Et que la Caf demande elle-même à mener à la place
    Quand la demande de la Caf est réglée : « <issue> »
    Alors c'est accepté
    Et il se lit que <qui>

    Exemples:
      | issue                               | qui                             |
      | rien ne change                      | mène : le Département           |
      | qui conteste mène à la place        | mène : la Caf                   |
      | ils mènent ensemble                 | mène : le Département et la Caf |
      | personne ne mène pour l’instant     | personne ne mène                |

  @accepted
  Scénario: Personne ne mène : on peut le dire, le revendiquer, ou désigner quelqu'un
    Étant donné que le Département est désigné chef de file
    Et que la Caf demande elle-même à mener à la place
    Et que la demande de la Caf est réglée : « personne ne mène pour l’instant »
    Quand la MSA est désignée chef de file
    Alors c'est accepté
    Et il se lit que mène : la MSA

  @refused
  Scénario: Ce qui est réglé ne se règle pas deux fois
    Étant donné que le Département est désigné chef de file
    Et que la Caf demande elle-même à mener à la place
    Et que la demande de la Caf est réglée : « rien ne change »
    Quand la demande de la Caf est réglée : « ils mènent ensemble »
    Alors c'est refusé : « close depuis le 1er février 2024 »

  @refused
  Scénario: Un coordonnateur contesté ne laisse pas sa place à qui ne coordonne pas
    Étant donné que le CCAS est désigné coordonnateur
    Quand la Caf demande à coordonner à la place
    Alors c'est refusé : « ne coordonne pas les acteurs locaux »

  @R28 @refused
  Scénario: Qui conteste ne règle pas sa contestation
    Étant donné que le Département est désigné chef de file
    Et qu'un copilote peut se connecter
    Et que la Caf demande à mener à la place
    Quand la demande de la Caf est réglée : « qui conteste mène à la place »
    Alors c'est refusé : « ne règle pas elle-même sa contestation »

  @accepted
  Scénario: Le partenaire retire sa contestation
    Étant donné que le Département est désigné chef de file
    Et que la Caf demande elle-même à mener avec
    Et que c'est la Caf qui écrit
    Quand la demande de la Caf est retirée
    Alors c'est accepté
    Et il se lit que mène : le Département
    Quand le Département cesse de mener
    Alors c'est refusé : « ne permet pas »
