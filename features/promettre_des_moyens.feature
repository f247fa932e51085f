# language: fr
Fonctionnalité: Promettre des moyens, et les tenir
  Chaque partenaire dit ce qu'il met à disposition : des personnes, un poste, des données, un local, de l'argent.
  Sa promesse l'engage quand sa signature compte, jamais avant ; ce qui était promis avant une révision reste visible.

  Contexte:
    Étant donné que nous sommes le 1er février 2024
    Et le territoire « Gascogne Toulousaine » et ses partenaires
    Et une convention ouverte du 1er janvier 2025 au 31 décembre 2029
    Et que nous sommes le 30 septembre 2024
    Et que le diagnostic est partagé le 14 mai 2024, avec un constat sur la mobilité
    Et qu'un forum sur la mobilité réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 5 juin 2024
    Et que le comité de pilotage décide : choix d'une priorité
    Et que la priorité « Navette » est choisie sur la mobilité
    Et que la fiche action « Navette du marché » est rédigée pour la priorité « Navette »
    Et que le comité de pilotage décide : validation du plan d'actions
    Et que le plan d'actions est validé avec la fiche « Navette du marché », sur le texte « Convention »
    Et que nous sommes le 20 décembre 2024

  @R17 @accepted
  Scénario: Une promesse engage le partenaire qui signe, et lui seul
    Étant donné que la Caf promet « Un mi-temps de coordination » : poste cofinancé, ferme, avec la MSA, au plus tard le 1er mars 2025
    Alors la promesse « Un mi-temps de coordination » engage personne
    Étant donné que la Caf décide de signer le 2 décembre 2024
    Et que la Caf signe le texte « Convention » le 9 décembre 2024
    Alors la promesse « Un mi-temps de coordination » engage la Caf
    Étant donné que nous sommes le 2 avril 2025
    Alors la promesse « Un mi-temps de coordination » est dite « en retard »
    Quand il est constaté que la Caf ne tient pas « Un mi-temps de coordination »
    Alors c'est accepté
    Et la promesse « Un mi-temps de coordination » est dite « pas tenu »

  @R17 @refused
  Scénario: Le même manquement ne se constate qu'une fois
    Étant donné que la Caf promet « Le fichier des familles » : données, ferme
    Et que la Caf décide de signer le 2 décembre 2024
    Et que la Caf signe le texte « Convention » le 9 décembre 2024
    Et qu'il est constaté que la Caf ne tient pas « Le fichier des familles »
    Quand il est constaté que la Caf ne tient pas « Le fichier des familles »
    Alors c'est refusé : « Il est déjà constaté »

  @R17 @irregular
  Scénario: Qui n'a pas signé n'est pas engagé
    Étant donné que la Caf promet « Le fichier des familles » : données, ferme, au plus tard le 1er janvier 2025
    Et que nous sommes le 2 avril 2025
    Alors la promesse « Le fichier des familles » est dite « attendu »
    Quand il est constaté que la Caf ne tient pas « Le fichier des familles »
    Alors le fait est gardé, mais irrégulier
    Et la promesse « Le fichier des familles » est dite « attendu »

  Scénario: Une promesse livrée par parts, puis en entier
    Étant donné que la MSA promet « Une aide au transport » : argent, possible, soit 10 000 € en 2024 et 20 000 € en 2025
    Quand la MSA livre une part de « Une aide au transport », 10 000 € pour 2024, sur pièce
    Alors c'est accepté
    Et la promesse « Une aide au transport » est dite « tenu en partie »
    Quand la MSA livre une part de « Une aide au transport », 25 000 € pour 2025, sur pièce
    Alors c'est accepté, avec un signalement : « 20 000 € étaient promis »
    Et la promesse « Une aide au transport » est dite « tenu »

  Scénario: Une livraison sans pièce, ou datée d'avant la promesse, se dit
    Étant donné que la MSA promet « Deux salles » : locaux, ferme
    Quand la MSA livre tout ce que promet « Deux salles » le 2 décembre 2024
    Alors c'est accepté, avec un signalement : « Aucune pièce »
    Et la promesse « Deux salles » est dite « tenu »

  Scénario: Une promesse est révisée, et l'on voit ce qu'elle était
    Étant donné que la MSA promet « Une aide au transport » : argent, possible, soit 10 000 € en 2025
    Quand la MSA révise « Une aide au transport » : ferme, soit 8 000 € en 2025, parce que « Le budget est voté. »
    Alors c'est accepté
    Et on lit encore que « Une aide au transport » promettait 10 000 € en 2025
    Quand la MSA révise « Une aide au transport » : ferme, soit 8 000 € en 2025, parce que « Le budget est voté. »
    Alors c'est refusé : « La promesse dit déjà cela »

  Scénario: L'argent d'une fiche ne se promet pas deux fois
    Quand la Caf promet « La part de la navette » : argent, ferme, pour la fiche « Navette du marché », soit 8 000 € en 2025
    Alors c'est refusé : « il compterait deux fois »

  Scénario: On ne livre pas la promesse d'un autre
    Étant donné que la MSA promet « Deux salles » : locaux, ferme
    Quand la Caf livre tout ce que promet « Deux salles »
    Alors c'est refusé : « celle d'un autre partenaire »

  @R33 @refused
  Scénario: Un partenaire ne promet que pour lui-même
    Étant donné que c'est la MSA qui écrit
    Quand la Caf promet « Le fichier des familles » : données, ferme
    Alors c'est refusé : « Votre rôle ne permet pas cet acte ici »
    Quand la MSA promet « Ses propres données » : données, ferme
    Alors c'est accepté
