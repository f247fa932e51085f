# language: fr
Fonctionnalité: Essayer une idée avec ceux qui s'en serviraient, avant de financer l'action
  Une action peut prévoir un essai : ce qu'on essaie, où, avec qui. On note ce qui en est appris et ce qu'on en fait : gardé, à
  changer, non retenu. Financer l'action avant l'essai n'est jamais refusé : c'est signalé.

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

  @accepted
  Scénario: L'essai se prévoit, se fait, et dit ce qu'on en fait
    Quand l'essai « Un minibus le samedi » de « Navette du marché » est prévu, jusqu'au 15 octobre 2024
    Alors c'est accepté
    Et l'essai « Un minibus le samedi » attend encore
    Quand la Caf apporte 12 000 € en 2025, promis, à « Navette du marché »
    Alors c'est accepté, avec un signalement : « n’est pas encore fait »
    Étant donné que nous sommes le 20 octobre 2024
    Alors l'essai « Un minibus le samedi » est en retard
    Quand l'essai « Un minibus le samedi » de « Navette du marché » est fait avec 12 habitants : à changer
    Alors c'est accepté
    Et l'essai « Un minibus le samedi » dit : à changer
    Quand l'essai « Un minibus le samedi » de « Navette du marché » est fait avec 9 habitants, encore : gardé ainsi
    Alors c'est accepté
    Et l'essai « Un minibus le samedi » dit : gardé ainsi
    Quand la MSA apporte 10 000 € en 2026, promis, à « Navette du marché »
    Alors c'est accepté

  @refused
  Scénario: On renonce à un essai une fois, avec sa raison, et ce que personne n'a prévu ne se note pas
    Étant donné que l'essai « Un minibus le samedi » de « Navette du marché » est prévu, jusqu'au 15 octobre 2024
    Quand l'essai « Un vélo partagé » de « Navette du marché » est fait avec 12 habitants : à changer
    Alors c'est refusé : « n’existe pas ici »
    Quand l'essai « Un minibus le samedi » de « Navette du marché » est prévu, jusqu'au 20 octobre 2024
    Alors c'est refusé : « déjà enregistré »
    Quand l'essai « Un minibus le samedi » de « Navette du marché » est abandonné, parce que « Le garage a fermé. »
    Alors c'est accepté
    Quand l'essai « Un minibus le samedi » de « Navette du marché » est abandonné, parce que « Encore une fois. »
    Alors c'est refusé : « abandonné depuis le »
    Quand la Caf apporte 12 000 € en 2025, promis, à « Navette du marché »
    Alors c'est accepté
