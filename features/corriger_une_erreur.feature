# language: fr
Fonctionnalité: Corriger une erreur
  Tout ce qui est enregistré peut l'être par erreur. Rien ne s'efface : ce qui était faux ne compte plus,
  les deux valeurs restent au journal, et ce qui en découlait est refait.

  Contexte:
    Étant donné que nous sommes le 1er février 2024
    Et le territoire « Gascogne Toulousaine » et ses partenaires
    Et une convention ouverte du 1er janvier 2025 au 31 décembre 2029
    Et que nous sommes le 30 septembre 2024
    Et que le diagnostic est partagé le 14 mai 2024, avec un constat sur la mobilité
    Et qu'un forum sur la mobilité réunit 9 professionnels, 4 élus et 40 habitants sur l'offre et la demande le 5 juin 2024

  # --- Une seconde personne ---

  @R28 @notice
  Scénario: Seul sur le territoire, on rectifie tout de suite, et cela se dit
    Quand le forum est rectifié : il a réuni 9 professionnels, 4 élus et 14 habitants le 6 juin 2024
    Alors c'est accepté, avec un signalement : « personne d'autre »
    Et l'échéance « choix des priorités » est fixée au 6 août 2024

  @R28 @accepted
  Scénario: Une autre personne confirme ce qui est proposé
    Étant donné qu'un copilote peut se connecter
    Quand le forum est rectifié : il a réuni 9 professionnels, 4 élus et 14 habitants le 6 juin 2024
    Alors c'est accepté
    Et l'échéance « choix des priorités » est fixée au 5 août 2024
    Quand le copilote confirme la rectification proposée
    Alors c'est accepté
    Et l'échéance « choix des priorités » est fixée au 6 août 2024
    Et le journal dit, dans l'ordre :
      | Rectification proposée |
      | Correction de          |

  @R28 @refused
  Scénario: Qui propose ne confirme pas
    Étant donné qu'un copilote peut se connecter
    Et que l'enregistrement « Forum tenu » est annulé
    Quand le pilote confirme la rectification proposée
    Alors c'est refusé : « ne le confirme pas elle-même »

  @R28 @accepted
  Scénario: Une proposition refusée ne change rien
    Étant donné qu'un copilote peut se connecter
    Et que l'enregistrement « Forum tenu » est annulé
    Quand le copilote refuse la rectification proposée
    Alors c'est accepté
    Et l'échéance « choix des priorités » est fixée au 5 août 2024
    Quand le copilote confirme la rectification proposée
    Alors c'est refusé : « n'attend plus de réponse »

  @R28 @refused
  Scénario: Sans réponse, la proposition tombe
    Étant donné qu'un copilote peut se connecter
    Et que l'enregistrement « Forum tenu » est annulé
    Quand la tournée passe le 31 octobre 2024
    Et le copilote confirme la rectification proposée
    Alors c'est refusé : « n'attend plus de réponse »
    Et il est noté que la proposition est restée sans réponse

  @R28 @refused
  Scénario: Ce qui est annulé ne s'annule pas deux fois
    Étant donné que l'enregistrement « Forum tenu » est annulé
    Quand l'enregistrement « Forum tenu » est annulé
    Alors c'est refusé : « ne compte déjà plus »

  # --- Ce qui en dépend ---

  @R29 @refused
  Scénario: Ce sur quoi d'autres s'appuient ne s'annule pas sans les voir
    Étant donné que le comité de pilotage décide : choix d'une priorité
    Et que la priorité « Navette » est choisie sur la mobilité
    Quand l'enregistrement « Diagnostic partagé » est annulé
    Alors c'est refusé : « Un autre enregistrement s'appuie sur celui-ci »

  @R29 @accepted
  Scénario: Ce qui en dépend tombe avec lui, et se refait
    Étant donné que le comité de pilotage décide : choix d'une priorité
    Et que la priorité « Navette » est choisie sur la mobilité
    Et que la fiche action « Navette du marché » est rédigée pour la priorité « Navette »
    Quand l'enregistrement « Diagnostic partagé » est annulé, avec ce qui en dépend
    Alors c'est accepté
    Et l'acte « Valider le plan d'actions » n'est pas encore possible : « priorité »
    Étant donné que le diagnostic est partagé le 21 mai 2024, avec un constat sur la mobilité
    Et que la priorité « Navette » est choisie sur la mobilité
    Quand la fiche action « Navette du marché » est rédigée pour la priorité « Navette »
    Alors c'est accepté

  @R29 @refused
  Scénario: Une réunion annulée emporte ce qui y fut décidé
    Étant donné que le comité de pilotage décide : choix d'une priorité
    Et que la priorité « Navette » est choisie sur la mobilité
    Quand l'enregistrement « Réunion tenue » est annulé
    Alors c'est refusé : « D'autres enregistrements s'appuient sur celui-ci »

  # --- Tout se refait ---

  @R29 @R01 @accepted
  Scénario: Une convention ouverte par erreur ne bloque pas la vraie
    Étant donné que l'enregistrement « Convention ouverte » est annulé, avec ce qui en dépend
    Quand une autre convention est ouverte, du 1er janvier 2025 au 31 décembre 2029
    Alors c'est accepté

  @R29 @accepted
  Scénario: La dernière signature était fausse : le plan signé tombe, puis revient
    Étant donné que le comité de pilotage décide : choix d'une priorité
    Et que la priorité « Navette » est choisie sur la mobilité
    Et que la fiche action « Navette du marché » est rédigée pour la priorité « Navette »
    Et que le comité de pilotage décide : validation du plan d'actions
    Et que le plan d'actions est validé avec la fiche « Navette du marché », sur le texte « Convention »
    Et que nous sommes le 20 décembre 2024
    Et que la Caf décide de signer le 2 décembre 2024
    Et que l'intercommunalité délibère le 2 décembre 2024, exécutoire le 5 décembre 2024
    Et que la Caf signe le texte « Convention » le 9 décembre 2024
    Et que l'intercommunalité signe le texte « Convention » le 9 décembre 2024
    Quand l'enregistrement « Signature » est annulé, avec ce qui en dépend
    Alors c'est accepté
    Et l'échéance « signature manquante » reste ouverte
    Quand l'intercommunalité signe le texte « Convention » le 10 décembre 2024
    Alors c'est accepté
    Et le plan d'actions est signé de nouveau
