# language: fr
Fonctionnalité: Voir ce que devient un constat, jusqu'au résultat
  De ce qui a été entendu à ce qui en est venu : constat, forum, priorité, fiche, argent, indicateur, mesure.
  Là où un lien manque, la chaîne le dit, et un seul acte le renoue.

  Contexte:
    Étant donné que nous sommes le 1er février 2024
    Et le territoire « Gascogne Toulousaine » et ses partenaires
    Et une convention ouverte du 1er janvier 2025 au 31 décembre 2029
    Et que nous sommes le 30 septembre 2024
    Et que le diagnostic est partagé le 14 mai 2024, avec un constat sur la mobilité
    Et qu'un forum sur la mobilité réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 5 juin 2024

  Scénario: Chaque lien qui manque se dit, et un acte le renoue
    Alors il manque à la chaîne : « sans priorité »
    Étant donné que le comité de pilotage décide : choix d'une priorité
    Et que la priorité « Navette » est choisie sur la mobilité
    Alors il manque à la chaîne : « sans action »
    Étant donné que la fiche action « Navette du marché » est rédigée pour la priorité « Navette »
    Alors il manque à la chaîne : « sans argent », « sans indicateur »
    Étant donné que la Caf apporte 12 000 € en 2025, promis, à « Navette du marché »
    Alors il manque à la chaîne : « sans indicateur »
    Étant donné que l'indicateur « Trajets » suit la fiche « Navette du marché », en nombre
    Alors il manque à la chaîne : « sans mesure »
    Étant donné que « Trajets » est mesuré : 210 au 20 septembre 2024
    Alors il ne manque rien à la chaîne

  Scénario: Ce qui n'est que demandé n'est pas un moyen, et une fiche abandonnée n'a plus rien à renouer
    Étant donné que le comité de pilotage décide : choix d'une priorité
    Et que la priorité « Navette » est choisie sur la mobilité
    Et que la fiche action « Navette du marché » est rédigée pour la priorité « Navette »
    Et que la fiche action « Garage solidaire » est rédigée pour la priorité « Navette »
    Et que la Caf apporte 12 000 € en 2025, demandé, à « Navette du marché »
    Alors il manque à la chaîne : « sans argent », « sans argent », « sans indicateur », « sans indicateur »
    Étant donné que l'acte « Abandonner une action » est fait sur la fiche « Garage solidaire », en disant :
      | Pourquoi | Aucun local n'est libre. |
    Alors il manque à la chaîne : « sans argent », « sans indicateur »

  Scénario: Les fiches qui pressent se disent, les autres se comptent
    Étant donné que le comité de pilotage décide : choix d'une priorité
    Et que la priorité « Navette » est choisie sur la mobilité
    Et que la fiche action « Navette du marché » est rédigée pour la priorité « Navette »
    Et que la fiche action « Sans porteur » est rédigée pour la priorité « Navette », sans porteur ni dates
    Et que nous sommes le 2 février 2027
    Alors les fiches se lisent dans cet ordre : « Navette du marché », « Sans porteur »
    Et la fiche « Navette du marché » se lit « en retard »
    Et la fiche « Sans porteur » se lit « à surveiller »
