# language: fr
Fonctionnalité: Promettre des moyens au département, et les tenir
  Ce que les partenaires mettent en commun pour plusieurs territoires se promet à la convention-cadre : un poste partagé,
  des données, une expertise. La promesse engage qui a signé la convention-cadre, et lui seul.

  Contexte:
    Étant donné que nous sommes le 1er février 2024
    Et le territoire « Gascogne Toulousaine » et ses partenaires
    Et que chaque rôle est tenu, sur le territoire comme dans le département

  @R17 @accepted
  Scénario: Un poste cofinancé pour un territoire engage qui a signé la convention-cadre
    Quand la Caf promet à la convention-cadre « Un référent » : poste cofinancé, ferme, avec la MSA, pour « Gascogne Toulousaine », soit 20 000 € en 2024
    Alors c'est accepté
    Et la promesse à la convention-cadre « Un référent » engage personne
    Et la promesse à la convention-cadre « Un référent » sert « Gascogne Toulousaine »
    Étant donné que la Caf signe la convention-cadre
    Alors la promesse à la convention-cadre « Un référent » engage la Caf
    Et la promesse à la convention-cadre « Un référent » est dite « attendu »
    Quand la Caf livre une part de la promesse à la convention-cadre « Un référent », 20 000 € pour 2024
    Alors c'est accepté
    Et la promesse à la convention-cadre « Un référent » est dite « tenu »

  Scénario: Une promesse due et non livrée est en retard pour qui a signé
    Étant donné que la Caf signe la convention-cadre
    Et que la Caf promet à la convention-cadre « Deux salles » : locaux, ferme, au plus tard le 1er mars 2024
    Et que nous sommes le 2 avril 2024
    Alors la promesse à la convention-cadre « Deux salles » est dite « en retard »
    Quand la Caf livre tout de la promesse à la convention-cadre « Deux salles »
    Alors c'est accepté, avec un signalement : « Aucune pièce »
    Et la promesse à la convention-cadre « Deux salles » est dite « tenu »

  @R17 @irregular
  Scénario: Qui n'a pas signé la convention-cadre n'est pas engagé
    Étant donné que la MSA promet à la convention-cadre « Ses propres données » : données, ferme
    Quand il est constaté que la MSA ne tient pas la promesse à la convention-cadre « Ses propres données »
    Alors le fait est gardé, mais irrégulier
    Et la promesse à la convention-cadre « Ses propres données » est dite « attendu »

  @R17 @refused
  Scénario: Le même manquement à la convention-cadre ne se constate qu'une fois
    Étant donné que la Caf signe la convention-cadre
    Et que la Caf promet à la convention-cadre « L'observatoire des familles » : données, ferme
    Et qu'il est constaté que la Caf ne tient pas la promesse à la convention-cadre « L'observatoire des familles »
    Alors la promesse à la convention-cadre « L'observatoire des familles » est dite « pas tenu »
    Quand il est constaté que la Caf ne tient pas la promesse à la convention-cadre « L'observatoire des familles »
    Alors c'est refusé : « Il est déjà constaté »

  Scénario: Une promesse à la convention-cadre se révise, et l'on voit ce qu'elle était
    Étant donné que la Caf promet à la convention-cadre « Un fonds commun » : argent, possible, soit 30 000 € en 2025
    Quand la Caf révise la promesse à la convention-cadre « Un fonds commun » : ferme, soit 25 000 € en 2025, parce que « Le budget est voté. »
    Alors c'est accepté
    Et on lit encore que la promesse à la convention-cadre « Un fonds commun » était de 30 000 € en 2025
    Quand la Caf révise la promesse à la convention-cadre « Un fonds commun » : ferme, soit 25 000 € en 2025, parce que « Le budget est voté. »
    Alors c'est refusé : « La promesse dit déjà cela »

  Scénario: Une promesse ne sert que les territoires que suit la convention-cadre
    Étant donné un autre territoire, « Val de Save »
    Quand la Caf promet à la convention-cadre « Un fonds commun » : argent, possible, pour « Val de Save », soit 30 000 € en 2025
    Alors c'est refusé : « n'existe pas »

  Scénario: On ne livre pas la promesse d'un autre, ni une promesse inconnue
    Étant donné que la Caf promet à la convention-cadre « L'observatoire des familles » : données, ferme
    Quand la MSA livre tout de la promesse à la convention-cadre « L'observatoire des familles »
    Alors c'est refusé : « celle d'un autre partenaire »
    Quand la Caf livre tout de la promesse à la convention-cadre « Autre chose »
    Alors c'est refusé : « n'existe pas »

  Scénario: Le pilote d'une autre convention-cadre n'y promet rien
    Étant donné un autre territoire, « Val de Save »
    Et une autre convention-cadre, « CTG voisine », suit le territoire « Val de Save »
    Et que c'est le pilote de l'autre convention-cadre, « CTG voisine », qui écrit
    Quand la MSA promet à la convention-cadre « Ses propres données » : données, ferme
    Alors c'est introuvable
