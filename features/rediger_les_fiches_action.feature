# language: fr
Fonctionnalité: Rédiger les fiches action
  Une fiche dit ce qui sera fait pour une priorité, par qui et quand.
  Ses dates sont celles de la convention, ou l'on sait qu'elles en sortent.

  Contexte:
    Étant donné que nous sommes le 1er février 2024
    Et le territoire « Gascogne Toulousaine » et ses partenaires

  @R11 @accepted
  Scénario: Une fiche dans les dates de la convention
    Étant donné une convention ouverte du 1er janvier 2025 au 31 décembre 2029
    Et que nous sommes le 30 septembre 2024
    Et que le diagnostic est partagé le 14 mai 2024, avec un constat sur la mobilité
    Et qu'un forum sur la mobilité réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 5 juin 2024
    Et que le comité de pilotage décide : choix d'une priorité
    Et que la priorité « Navette » est choisie sur la mobilité
    Quand la fiche action « Navette du marché » est rédigée pour la priorité « Navette »
    Alors c'est accepté

  @R11 @notice
  Scénario: Une fiche qui commence avant la convention se dit
    Étant donné une convention ouverte du 1er janvier 2026 au 31 décembre 2029
    Et que nous sommes le 30 septembre 2024
    Et que le diagnostic est partagé le 14 mai 2024, avec un constat sur la mobilité
    Et qu'un forum sur la mobilité réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 5 juin 2024
    Et que le comité de pilotage décide : choix d'une priorité
    Et que la priorité « Navette » est choisie sur la mobilité
    Quand la fiche action « Navette du marché » est rédigée pour la priorité « Navette »
    Alors c'est accepté, avec un signalement : « hors de la convention »
