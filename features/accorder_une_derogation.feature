# language: fr
Fonctionnalité: Accorder une dérogation
  Le comité de pilotage peut écarter certaines règles, pour une raison et jusqu'à une date.
  La méthode dit lesquelles.

  Contexte:
    Étant donné que nous sommes le 1er février 2024
    Et le territoire « Gascogne Toulousaine » et ses partenaires
    Et une convention ouverte du 1er janvier 2025 au 31 décembre 2029
    Et que nous sommes le 30 septembre 2024

  @R30 @accepted
  Scénario: Une règle que le comité peut écarter
    Étant donné que le comité de pilotage décide : dérogation motivée
    Quand le comité de pilotage dispense de croiser le thème en forum jusqu'au 31 décembre 2024
    Alors c'est accepté

  @R30 @refused
  Scénario: Une règle que personne ne peut écarter
    Étant donné que le comité de pilotage décide : dérogation motivée
    Quand le comité de pilotage dispense d'obtenir un mandat avant de signer jusqu'au 31 décembre 2024
    Alors c'est refusé : « Le comité de pilotage ne peut pas écarter cette règle »

  @R08 @refused
  Scénario: Le comité technique ne déroge pas
    Étant donné que le comité technique décide : dérogation motivée
    Quand le comité de pilotage dispense de croiser le thème en forum jusqu'au 31 décembre 2024
    Alors c'est refusé : « elle doit venir du comité de pilotage de ce territoire »

  Scénario: Une dérogation finie avant de commencer
    Étant donné que le comité de pilotage décide : dérogation motivée
    Quand le comité de pilotage dispense de croiser le thème en forum jusqu'au 29 septembre 2024
    Alors c'est refusé : « le 29 septembre 2024 précède le 30 septembre 2024 »

  @R30 @accepted
  Scénario: Une dérogation d'un seul jour
    Étant donné que le comité de pilotage décide : dérogation motivée
    Quand le comité de pilotage dispense de croiser le thème en forum jusqu'au 30 septembre 2024
    Alors c'est accepté
