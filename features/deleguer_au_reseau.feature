# language: fr
Fonctionnalité: Déléguer au réseau la conduite du travail commun, et rien de ce qui engage
  Les acteurs délèguent au réseau, pour que les réponses soient communes et reconnues. Une délégation dit qui, à qui, quoi,
  dans quelles limites et jusqu'à quand. Elle ne signe rien : ce qui engage une autorité reste la décision de cette autorité.

  Contexte:
    Étant donné que nous sommes le 1er février 2024
    Et le territoire « Gascogne Toulousaine » et ses partenaires
    Et que chaque rôle est tenu, sur le territoire comme dans le département
    Et une convention ouverte du 1er janvier 2025 au 31 décembre 2029

  @R08 @accepted
  Scénario: La Caf délègue au réseau, qui décide dans les limites
    Quand la Caf délègue au réseau « répartir un budget commun », dans la limite de 20 000 €, jusqu'au 31 décembre 2024
    Alors c'est accepté
    Et la délégation de la Caf est dite « en cours »
    Quand le réseau décide par délégation de la Caf « Cinq séjours pour les familles » : répartir un budget commun, pour 12 000 €
    Alors c'est accepté
    Et la délégation de la Caf a servi à décider 12 000 € sur 20 000 €

  @R08 @refused
  Scénario: Une délégation ne couvre jamais ce qui engage
    Quand la Caf délègue au réseau « signer la convention »
    Alors c'est refusé : « engage une autorité »
    Quand la Caf délègue au réseau « donner mandat de signer »
    Alors c'est refusé : « engage une autorité »

  @R08 @refused
  Scénario: Une décision sort de la délégation par son objet, son montant ou son jour
    Étant donné que la Caf délègue au réseau « répartir un budget commun », dans la limite de 20 000 €, jusqu'au 31 décembre 2024
    Quand le réseau décide par délégation de la Caf « Une affiche commune » : communiquer au nom du réseau
    Alors c'est refusé : « ne porte pas sur ceci »
    Quand le réseau décide par délégation de la Caf « Un minibus » : répartir un budget commun, pour 20 001 €
    Alors c'est refusé : « Il reste 20 000 € »
    Étant donné que nous sommes le 2 janvier 2025
    Quand le réseau décide par délégation de la Caf « Un dernier séjour » : répartir un budget commun, pour 500 €
    Alors c'est refusé : « a pris fin le 31 décembre 2024 »
    Et la délégation de la Caf est dite « terminée »

  # Quatre-vingt-dix jours : la méthode le dit.
  Scénario: Ce qui finit bientôt se voit
    Étant donné que la Caf délègue au réseau « partager des données », jusqu'au 31 décembre 2024
    Alors la délégation de la Caf est dite « en cours »
    Étant donné que nous sommes le 1er octobre 2024
    Alors la délégation de la Caf est dite « en cours »
    Étant donné que nous sommes le 2 octobre 2024
    Alors la délégation de la Caf est dite « finit bientôt »

  @R08 @refused
  Scénario: Une délégation reprise ne couvre plus rien, et ce qui a été décidé reste
    Étant donné que la Caf délègue au comité technique « suivre les actions et leur calendrier »
    Et que le réseau décide par délégation de la Caf « Décaler l'ouverture du relais » : suivre les actions et leur calendrier
    Et que nous sommes le 3 juin 2024
    Quand la Caf reprend sa délégation, parce que « Le comité technique ne se réunit plus. »
    Alors c'est accepté
    Et la délégation de la Caf est dite « reprise »
    Et la délégation de la Caf garde la décision « Décaler l'ouverture du relais »
    Quand le réseau décide par délégation de la Caf « Décaler encore » : suivre les actions et leur calendrier
    Alors c'est refusé : « a pris fin le 3 juin 2024 »

  @R08 @refused
  Scénario: Une délégation ne se reprend qu'une fois
    Étant donné que la Caf délègue à la MSA « partager des données »
    Et que nous sommes le 3 juin 2024
    Et que la Caf reprend sa délégation, parce que « Chacun publie désormais les siennes. »
    Quand la Caf reprend sa délégation, parce que « Une seconde fois. »
    Alors c'est refusé : « a pris fin le 3 juin 2024 »

  Scénario: Un partenaire ne se délègue rien à lui-même
    Quand la Caf délègue à la Caf « partager des données »
    Alors c'est refusé : « à lui-même »

  @R33 @refused
  Scénario: Un partenaire ne délègue pas à la place d'un autre
    Étant donné que c'est la Caf qui écrit
    Quand la MSA délègue au réseau « partager des données »
    Alors c'est refusé : « Votre rôle ne permet pas cet acte ici »

  @R08 @accepted @refused
  Scénario: Une décision de réunion dit de quelle délégation elle relève
    Étant donné que la Caf délègue au comité technique « répartir un budget commun », dans la limite de 20 000 €, jusqu'au 31 décembre 2024
    Et que nous sommes le 12 mars 2024
    Et que la réunion « printemps » du comité technique est tenue, et décide : autre décision
    Quand la décision du comité technique est rattachée à la délégation de la Caf : répartir un budget commun, pour 12 000 €
    Alors c'est accepté
    Et la délégation de la Caf a servi à décider 12 000 € sur 20 000 €
    Quand le réseau décide par délégation de la Caf « Un minibus » : répartir un budget commun, pour 9 000 €
    Alors c'est refusé : « Il reste 8 000 € »

  @R08 @irregular
  Plan du Scénario: Hors de la délégation, ce que la réunion a décidé est gardé et n'utilise rien
    Étant donné que la Caf délègue <à> « répartir un budget commun », dans la limite de 20 000 €, jusqu'au 31 décembre 2024
    Et que nous sommes le <jour>
    Et que la réunion « celle-ci » du comité technique est tenue, et décide : autre décision
    Quand la décision du comité technique est rattachée à la délégation de la Caf : <quoi>
    Alors le fait est gardé, mais irrégulier
    Et la délégation de la Caf n'a servi à rien

    Exemples:
      | à                    | jour            | quoi                                      |
      | au réseau            | 12 mars 2024    | communiquer au nom du réseau              |
      | au comité technique  | 12 mars 2024    | répartir un budget commun, pour 20 001 €  |
      | au comité technique  | 14 janvier 2025 | répartir un budget commun, pour 500 €     |
      | au comité de pilotage | 12 mars 2024   | répartir un budget commun, pour 500 €     |
      | à la MSA             | 12 mars 2024    | répartir un budget commun, pour 500 €     |

  Scénario: Une décision ne relève qu'une fois d'une délégation
    Étant donné que la Caf délègue au réseau « répartir un budget commun »
    Et que la réunion « printemps » du comité technique est tenue, et décide : autre décision
    Et que la décision du comité technique est rattachée à la délégation de la Caf : répartir un budget commun
    Quand la décision du comité technique est rattachée à la délégation de la Caf : répartir un budget commun
    Alors c'est refusé : « déjà »
