# language: fr
Fonctionnalité: Clore une convention
  Une convention signée court jusqu'à son terme. Une convention jamais signée s'abandonne par une décision du comité,
  et son périmètre redevient libre. Ensuite, plus rien ne s'y décide et personne n'est plus relancé.

  Contexte:
    Étant donné que nous sommes le 1er février 2024
    Et le territoire « Gascogne Toulousaine » et ses partenaires
    Et que chaque rôle est tenu, sur le territoire comme dans le département
    Et une convention ouverte du 1er janvier 2025 au 31 décembre 2029
    Et que nous sommes le 30 septembre 2024
    Et que le pilote confirme l'engagement après avoir relu le dossier

  @R01 @R08 @accepted
  Scénario: Une convention jamais signée s'abandonne, et une autre peut s'ouvrir à sa place
    Étant donné que le comité de pilotage décide : abandon de la convention
    Quand la convention est close
    Alors c'est accepté
    Et le journal dit, dans l'ordre :
      | La convention a été close                        |
      | Le périmètre réservé à une convention est libéré |
    Quand une autre convention est ouverte, du 1er janvier 2025 au 31 décembre 2029
    Alors c'est accepté

  @R08 @refused
  Scénario: Une convention ne s'abandonne pas sans que le comité l'ait décidé
    Étant donné que le comité de pilotage décide : autre décision
    Quand la convention est close
    Alors c'est refusé : « Il faut ici : abandon de la convention »
    Quand la convention est close, sans citer de décision
    Alors c'est refusé : « s'abandonne avant son terme par une décision du comité »

  @R08 @refused @accepted
  Scénario: Une convention signée se clôt après son terme, pas avant
    Étant donné que la Caf décide de signer le 2 mars 2024
    Et que l'intercommunalité délibère le 2 mars 2024, exécutoire le 5 mars 2024
    Et que la Caf signe le texte « Convention » le 2 avril 2024
    Et que l'intercommunalité signe le texte « Convention » le 2 avril 2024
    Et la convention est signée
    Et que le comité de pilotage décide : abandon de la convention
    Quand la convention est close
    Alors c'est refusé : « Une convention signée court jusqu'à son terme, le 31 décembre 2029 »
    Et l'acte « Clore la convention » s'ouvre de lui-même le 1er janvier 2030
    Étant donné que nous sommes le 2 janvier 2030
    Quand la convention est close, sans citer de décision
    Alors c'est accepté

  @D01
  Scénario: De ce qui est clos, plus rien n'est attendu
    Étant donné que le comité de pilotage décide : abandon de la convention
    Et que la convention est close
    Et aucune échéance « partage du diagnostic » n'est fixée
    Quand la tournée passe chaque jour du 1er octobre 2024 au 30 octobre 2024
    Alors aucun message n'est envoyé pour « partage du diagnostic »

  Scénario: Plus rien ne se décide sur ce qui est clos, mais un fait se garde
    Étant donné que le comité de pilotage décide : abandon de la convention
    Et que la convention est close
    Quand un forum sur la mobilité est annoncé pour le 12 octobre 2024
    Alors c'est refusé : « La convention est close depuis le 30 septembre 2024 »
    Quand la Caf décide de signer le 2 mars 2024
    Alors c'est accepté, avec un signalement : « La convention est close depuis le 30 septembre 2024 : le fait est gardé »
    Quand la convention est close
    Alors c'est refusé : « La convention est close depuis le 30 septembre 2024 »
