# language: fr
Fonctionnalité: Contester un fait
  Un partenaire peut dire qu'un fait enregistré n'est pas exact. Cela se lit à côté du fait, se discute, et se règle : le fait est
  maintenu avec un motif, corrigé ou annulé. Tant que ce n'est pas réglé, le fait garde son effet. Qui conteste ne règle pas seul.

  Contexte:
    Étant donné que nous sommes le 1er février 2024
    Et le territoire « Gascogne Toulousaine » et ses partenaires
    Et une convention ouverte du 1er janvier 2025 au 31 décembre 2029
    Et que nous sommes le 30 septembre 2024
    Et que le diagnostic est partagé le 14 mai 2024, avec un constat sur la mobilité
    Et qu'un forum sur la mobilité réunit 9 professionnels, 4 élus et 40 habitants sur l'offre et la demande le 5 juin 2024

  # --- Contester ---

  @R28 @accepted
  Scénario: Un partenaire conteste, et le fait garde son effet
    Quand la Caf conteste l'enregistrement « Forum tenu »
    Alors c'est accepté
    Et l'échéance « choix des priorités » est fixée au 5 août 2024
    Et la contestation de la Caf est ouverte

  @R28 @accepted
  Scénario: Le pilote enregistre ce qu'un partenaire conteste
    Quand le pilote enregistre que la Caf conteste l'enregistrement « Forum tenu »
    Alors c'est accepté
    Et la contestation de la Caf est ouverte

  @R33 @refused
  Scénario: Un partenaire ne conteste pas au nom d'un autre
    Quand la Caf enregistre que la CPAM conteste l'enregistrement « Forum tenu »
    Alors c'est refusé : « ne permet pas »

  @R28 @refused
  Scénario: Un partenaire ne conteste pas deux fois ce qui attend une réponse
    Étant donné que la Caf conteste l'enregistrement « Forum tenu »
    Quand la Caf conteste l'enregistrement « Forum tenu »
    Alors c'est refusé : « conteste déjà ce fait depuis le 30 septembre 2024 »

  @R28 @accepted
  Scénario: Deux partenaires contestent le même fait
    Étant donné que la Caf conteste l'enregistrement « Forum tenu »
    Quand la CPAM conteste l'enregistrement « Forum tenu »
    Alors c'est accepté
    Et la contestation de la Caf est ouverte
    Et la contestation de la CPAM est ouverte

  @R28 @refused
  Scénario: Ce qui est annulé ne se conteste pas
    Étant donné que l'enregistrement « Forum tenu » est annulé
    Quand la Caf conteste l'enregistrement « Forum tenu »
    Alors c'est refusé : « ne compte déjà plus »

  @R28 @refused
  Scénario: Ce qui ouvrait un dossier annulé ne se conteste pas non plus
    Étant donné que l'enregistrement « Convention ouverte » est annulé, avec ce qui en dépend
    Quand la Caf conteste l'enregistrement « Convention ouverte »
    Alors c'est refusé : « ne compte déjà plus »

  @R28 @refused
  Scénario: Une contestation ne se conteste pas, on y répond
    Étant donné que la Caf conteste l'enregistrement « Forum tenu »
    Quand la CPAM conteste l'enregistrement « Fait contesté »
    Alors c'est refusé : « ne se conteste pas »

  # --- En discuter ---

  @R28 @accepted
  Scénario: Les personnes concernées répondent, la contestation reste ouverte
    Étant donné que la Caf conteste l'enregistrement « Forum tenu »
    Quand le pilote répond à la contestation : « La feuille de présence compte 40 habitants. »
    Alors c'est accepté
    Quand la Caf répond à la contestation : « Elle a été signée deux fois. »
    Alors c'est accepté
    Et la contestation de la Caf est ouverte, avec 2 réponses

  @R28 @refused
  Scénario: On ne répond plus à ce qui est réglé
    Étant donné qu'un copilote peut se connecter
    Et que la Caf conteste l'enregistrement « Forum tenu »
    Et que le copilote maintient le fait contesté
    Quand la Caf répond à la contestation : « Non. »
    Alors c'est refusé : « close depuis le 30 septembre 2024 »

  # --- La régler ---

  @R28 @accepted
  Scénario: Une autre personne maintient le fait, avec un motif
    Étant donné qu'un copilote peut se connecter
    Et que la Caf conteste l'enregistrement « Forum tenu »
    Quand le copilote maintient le fait contesté
    Alors c'est accepté
    Et la contestation de la Caf est réglée : « fait maintenu »

  @R28 @refused
  Scénario: Qui a enregistré le fait ne le maintient pas lui-même
    Étant donné qu'un copilote peut se connecter
    Et que la Caf conteste l'enregistrement « Forum tenu »
    Quand le pilote maintient le fait contesté
    Alors c'est refusé : « ne le maintient pas elle-même »

  @R28 @notice
  Scénario: Seul sur le territoire, on répond de ce qu'on a enregistré, et cela se dit
    Étant donné que la Caf conteste l'enregistrement « Forum tenu »
    Quand le pilote maintient le fait contesté
    Alors c'est accepté, avec un signalement : « personne d'autre ne peut le faire ici »

  @R28 @refused
  Scénario: Qui conteste ne règle pas sa contestation
    Étant donné qu'un copilote peut se connecter
    Et que le copilote enregistre que la Caf conteste l'enregistrement « Forum tenu »
    Quand le copilote maintient le fait contesté
    Alors c'est refusé : « ne règle pas elle-même sa contestation »

  @R33 @refused
  Scénario: Le partenaire qui conteste ne dit pas non plus que le fait est maintenu
    Étant donné que la Caf conteste l'enregistrement « Forum tenu »
    Quand la Caf maintient le fait contesté
    Alors c'est refusé : « ne permet pas »

  @R28 @accepted
  Scénario: Le fait est corrigé à deux, et la contestation cite ce qui l'a corrigé
    Étant donné qu'un copilote peut se connecter
    Et que la Caf conteste l'enregistrement « Forum tenu »
    Et que le forum est rectifié : il a réuni 9 professionnels, 4 élus et 14 habitants le 6 juin 2024
    Et la contestation de la Caf est ouverte
    Quand le copilote confirme la rectification proposée
    Alors c'est accepté
    Et la contestation de la Caf est réglée : « fait corrigé », par ce qui l'a corrigé
    Et l'échéance « choix des priorités » est fixée au 6 août 2024

  @R28 @accepted
  Scénario: Le fait est annulé, avec ce qui en dépend, et la contestation est réglée
    Étant donné qu'un copilote peut se connecter
    Et que la Caf conteste l'enregistrement « Convention ouverte »
    Et que la CPAM conteste l'enregistrement « Forum tenu »
    Et que l'enregistrement « Convention ouverte » est annulé, avec ce qui en dépend
    Quand le copilote confirme la rectification proposée
    Alors c'est accepté
    Et la contestation de la Caf est réglée : « fait annulé », par ce qui l'a corrigé
    Et la contestation de la CPAM est réglée : « fait annulé », par ce qui l'a corrigé

  @R28 @refused
  Scénario: Qui conteste n'annule pas seul ce qu'il conteste
    Étant donné qu'un copilote peut se connecter
    Et que le comité de pilotage décide : choix d'une priorité
    Et que le pilote enregistre que la Caf conteste l'enregistrement « Réunion tenue »
    Quand l'enregistrement « Réunion tenue » est annulé
    Alors c'est refusé : « ne règle pas elle-même sa contestation »

  # --- La retirer ---

  @R28 @accepted
  Scénario: Le partenaire retire sa contestation, et peut contester de nouveau
    Étant donné que la Caf conteste l'enregistrement « Forum tenu »
    Quand la Caf retire la contestation
    Alors c'est accepté
    Et la contestation de la Caf est retirée
    Quand la Caf conteste l'enregistrement « Forum tenu »
    Alors c'est accepté

  @R33 @refused
  Scénario: Nul autre ne la retire, pas même le pilote
    Étant donné que la Caf conteste l'enregistrement « Forum tenu »
    Quand le pilote retire la contestation
    Alors c'est refusé : « ne permet pas »
