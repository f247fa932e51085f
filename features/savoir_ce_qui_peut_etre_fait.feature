# language: fr
Fonctionnalité: Savoir ce qui peut être fait, et pourquoi pas encore
  Avant d'écrire quoi que ce soit, chacun voit quels actes sont ouverts aujourd'hui.
  Ce qui retient les autres est dit comme le refus le dirait, avec l'acte qui y remédie ou le jour qui les ouvre.

  Contexte:
    Étant donné que nous sommes le 1er février 2024
    Et le territoire « Gascogne Toulousaine » et ses partenaires
    Et une convention ouverte du 1er janvier 2025 au 31 décembre 2029
    Et que nous sommes le 30 septembre 2024
    Et que le diagnostic est partagé le 14 mai 2024, avec un constat sur la mobilité

  @R06 @refused
  Scénario: Il manque un forum, puis une décision
    Alors l'acte « Enregistrer le forum » est possible
    Et l'acte « Choisir une priorité » n'est pas encore possible : « n'a pas encore été croisé dans des forums »
    Et l'acte « Choisir une priorité » attend d'abord l'acte « Enregistrer le forum »
    Et l'acte « Choisir une priorité » attend d'abord l'acte « Enregistrer une réunion »
    Et l'acte « Rédiger une fiche action » n'est pas encore possible : « Aucune priorité n'est encore choisie »
    Étant donné que le comité de pilotage décide : choix d'une priorité
    Quand la priorité « Navette » est choisie sur la mobilité
    Alors c'est refusé : « n'a pas encore été croisé dans des forums »

  @R06 @accepted
  Scénario: Le forum et la décision ouvrent l'acte
    Étant donné qu'un forum sur la mobilité réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 5 juin 2024
    Et que le comité de pilotage décide : choix d'une priorité
    Alors l'acte « Choisir une priorité » est possible
    Quand la priorité « Navette » est choisie sur la mobilité
    Alors c'est accepté
    Et l'acte « Rédiger une fiche action » est possible
    Et l'acte « Valider le plan d'actions » attend d'abord l'acte « Rédiger une fiche action »

  @R15 @refused
  Scénario: Une convention signée attend sa date d'effet
    Étant donné que nous sommes le 20 décembre 2024
    Alors l'acte « Mettre la convention en vigueur » n'est pas encore possible : « Il manque des signatures requises »
    Et l'acte « Mettre la convention en vigueur » attend d'abord l'acte « Enregistrer une signature »
    Étant donné que la Caf décide de signer le 2 décembre 2024
    Et que la Caf signe le texte « Convention »
    Et que l'intercommunalité délibère le 2 décembre 2024, exécutoire le 5 décembre 2024
    Et que l'intercommunalité signe le texte « Convention »
    Alors l'acte « Mettre la convention en vigueur » s'ouvre de lui-même le 1er janvier 2025
    Quand la convention est mise en vigueur
    Alors c'est refusé : « elle ne peut pas être en vigueur avant »
    Étant donné que nous sommes le 2 janvier 2025
    Alors l'acte « Mettre la convention en vigueur » est possible
