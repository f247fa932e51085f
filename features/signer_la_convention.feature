# language: fr
Fonctionnalité: Signer la convention et son plan d'actions
  Chaque partenaire décide chez lui avant de signer.
  Le plan est signé de lui-même, le jour de la dernière signature requise qui compte.

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

  @R13 @R14 @R16 @R18 @accepted
  Scénario: Une signature en règle
    Étant donné que l'intercommunalité délibère le 2 décembre 2024, exécutoire le 5 décembre 2024
    Quand l'intercommunalité signe le texte « Convention »
    Alors c'est accepté

  @R13 @irregular
  Scénario: Signer sans y être autorisé
    Quand l'intercommunalité signe le texte « Convention »
    Alors le fait est gardé, mais irrégulier
    Et le plan d'actions n'est pas encore signé

  @R13 @irregular
  Scénario: Signer avant que la délibération soit exécutoire
    Étant donné que l'intercommunalité délibère le 2 décembre 2024
    Quand l'intercommunalité signe le texte « Convention » le 10 décembre 2024
    Alors le fait est gardé, mais irrégulier

  @R13 @notice
  Scénario: Signer avant, quand le jour où la délibération est exécutoire est déjà connu
    Étant donné que l'intercommunalité délibère le 2 décembre 2024, exécutoire le 12 décembre 2024
    Quand l'intercommunalité signe le texte « Convention » le 10 décembre 2024
    Alors c'est accepté, avec un signalement : « la signature compte à partir de ce jour »

  @R15 @refused
  Scénario: Entrer en vigueur avant que les signatures comptent
    Étant donné que la Caf décide de signer le 2 décembre 2024
    Et que la Caf signe le texte « Convention » le 9 décembre 2024
    Et que l'intercommunalité délibère le 2 décembre 2024, exécutoire le 12 décembre 2024
    Et que l'intercommunalité signe le texte « Convention » le 10 décembre 2024
    Et que nous sommes le 10 janvier 2025
    Quand la convention est mise en vigueur le 11 décembre 2024
    Alors c'est refusé : « elles comptent à partir du 12 décembre 2024 »

  @R13 @irregular
  Scénario: Un acte qui n'est pas celui de ce partenaire
    Quand l'intercommunalité délibère le 2 décembre 2024, par un simple courrier, exécutoire le 5 décembre 2024
    Alors le fait est gardé, mais irrégulier
    Quand l'intercommunalité signe le texte « Convention »
    Alors le fait est gardé, mais irrégulier

  @R13 @accepted
  Scénario: La Caf n'a rien à transmettre au préfet
    Étant donné que la Caf décide de signer le 2 décembre 2024
    Quand la Caf signe le texte « Convention » le 2 décembre 2024
    Alors c'est accepté

  @R13 @notice
  Scénario: Le même jour, sans connaître les heures
    Étant donné que l'intercommunalité délibère le 2 décembre 2024, exécutoire le 5 décembre 2024
    Quand l'intercommunalité signe le texte « Convention » le 5 décembre 2024
    Alors c'est accepté, avec un signalement : « les heures ne sont pas connues »

  @R13 @accepted
  Scénario: Le même jour, une heure après
    Étant donné que l'intercommunalité délibère le 2 décembre 2024, exécutoire le 5 décembre 2024 à 11 h
    Quand l'intercommunalité signe le texte « Convention » le 5 décembre 2024 à 12 h
    Alors c'est accepté

  @R13 @accepted
  Scénario: Le même jour, à la même heure
    Étant donné que l'intercommunalité délibère le 2 décembre 2024, exécutoire le 5 décembre 2024 à 11 h
    Quand l'intercommunalité signe le texte « Convention » le 5 décembre 2024 à 11 h
    Alors c'est accepté

  @R13 @notice
  Scénario: Le même jour, une heure avant
    Étant donné que l'intercommunalité délibère le 2 décembre 2024, exécutoire le 5 décembre 2024 à 11 h
    Quand l'intercommunalité signe le texte « Convention » le 5 décembre 2024 à 10 h 30
    Alors c'est accepté, avec un signalement : « la signature compte à partir de ce jour »

  @R13 @refused
  Scénario: Une délibération exécutoire avant d'être adoptée
    Quand l'intercommunalité délibère le 2 décembre 2024, exécutoire le 1er décembre 2024
    Alors c'est refusé : « Une délibération adoptée le 2 décembre 2024 ne peut pas être exécutoire dès le 1er décembre 2024 »

  @R13 @irregular
  Scénario: La preuve arrivée plus tard régularise la signature
    Étant donné que la Caf décide de signer le 2 décembre 2024
    Et que la Caf signe le texte « Convention » le 9 décembre 2024
    Quand l'intercommunalité signe le texte « Convention » le 9 décembre 2024
    Alors le fait est gardé, mais irrégulier
    Et le plan d'actions n'est pas encore signé
    Quand l'intercommunalité délibère le 2 décembre 2024, exécutoire le 5 décembre 2024
    Alors la convention est signée
    Et le plan d'actions est signé

  @R14 @irregular
  Scénario: Signer un autre texte que celui qui a été adopté
    Étant donné que l'intercommunalité délibère le 2 décembre 2024, exécutoire le 5 décembre 2024
    Quand l'intercommunalité signe le texte « Brouillon »
    Alors le fait est gardé, mais irrégulier

  @R14 @notice
  Scénario: Un nouveau texte nomme les signatures qu'il annule
    Étant donné que la Caf décide de signer le 2 décembre 2024
    Et que la Caf signe le texte « Convention » le 9 décembre 2024
    Et que le comité de pilotage décide : validation du plan d'actions
    Quand le plan d'actions est validé avec la fiche « Navette du marché », sur le texte « Version finale »
    Alors c'est accepté, avec un signalement : « Ce partenaire avait déjà signé l'ancien texte : la Caf »

  @R14 @accepted
  Scénario: Le comité adopte après coup le texte qui a été signé
    Étant donné que l'intercommunalité délibère le 2 décembre 2024, exécutoire le 5 décembre 2024
    Et que la Caf décide de signer le 2 décembre 2024
    Et que l'intercommunalité signe le texte « Version finale » le 9 décembre 2024
    Et que la Caf signe le texte « Version finale » le 9 décembre 2024
    Et le plan d'actions n'est pas encore signé
    Quand le plan d'actions est validé avec la fiche « Navette du marché », sur le texte « Version finale »
    Alors c'est accepté
    Et le plan d'actions est signé

  @R15 @accepted
  Scénario: La dernière signature requise signe le plan, une seule fois
    Étant donné que l'intercommunalité délibère le 2 décembre 2024, exécutoire le 5 décembre 2024
    Et que la Caf décide de signer le 2 décembre 2024
    Et que la MSA décide de signer le 2 décembre 2024
    Et que l'intercommunalité signe le texte « Convention » le 9 décembre 2024
    Et le plan d'actions n'est pas encore signé
    Et que la Caf signe le texte « Convention » le 10 décembre 2024
    Et le plan d'actions est signé
    Quand la MSA signe le texte « Convention » le 12 décembre 2024
    Alors le plan d'actions est signé
    Quand la convention est mise en vigueur
    Alors c'est refusé : « elle ne peut pas être en vigueur avant »
    Étant donné que nous sommes le 1er janvier 2025
    Quand la convention est mise en vigueur
    Alors c'est accepté

  @R15
  Scénario: La convention signée entre en vigueur d'elle-même le jour venu
    Étant donné que la Caf décide de signer le 2 décembre 2024
    Et que la Caf signe le texte « Convention » le 9 décembre 2024
    Et que l'intercommunalité délibère le 2 décembre 2024, exécutoire le 5 décembre 2024
    Et que l'intercommunalité signe le texte « Convention » le 10 décembre 2024
    Quand la tournée passe le 31 décembre 2024
    Alors la convention n'est pas encore en vigueur
    Quand la tournée passe le 3 janvier 2025
    Alors la convention est en vigueur depuis le 1er janvier 2025

  @R15
  Scénario: Signée après sa date d'effet, elle est en vigueur aussitôt
    Étant donné que la Caf décide de signer le 2 décembre 2024
    Et que la Caf signe le texte « Convention » le 9 décembre 2024
    Et que nous sommes le 20 février 2025
    Et que l'intercommunalité délibère le 2 janvier 2025, exécutoire le 5 janvier 2025
    Quand l'intercommunalité signe le texte « Convention » le 10 février 2025
    Et que le moteur enregistre ce qui suit
    Alors la convention est en vigueur depuis le 10 février 2025

  @R15 @refused
  Scénario: Mettre en vigueur trop tôt
    Étant donné que l'intercommunalité délibère le 2 décembre 2024, exécutoire le 5 décembre 2024
    Et que l'intercommunalité signe le texte « Convention » le 9 décembre 2024
    Quand la convention est mise en vigueur
    Alors c'est refusé : « Il manque des signatures requises : la Caf »

  @R15 @refused @accepted
  Scénario: Mettre en vigueur un jour où il manquait encore une signature
    Étant donné que l'intercommunalité délibère le 2 décembre 2024, exécutoire le 5 décembre 2024
    Et que l'intercommunalité signe le texte « Convention » le 9 décembre 2024
    Et que nous sommes le 20 février 2025
    Et que la Caf décide de signer le 2 janvier 2025
    Et que la Caf signe le texte « Convention » le 10 février 2025
    Quand la convention est mise en vigueur le 9 février 2025
    Alors c'est refusé : « elles comptent à partir du 10 février 2025 »
    Quand la convention est mise en vigueur le 10 février 2025
    Alors c'est accepté

  @R16 @refused
  Scénario: On ne signe pas deux fois le même texte
    Étant donné que la Caf décide de signer le 2 décembre 2024
    Et que la Caf signe le texte « Convention » le 9 décembre 2024
    Quand la Caf signe le texte « Convention » le 10 décembre 2024
    Alors c'est refusé : « Ce partenaire a déjà signé ce texte le 9 décembre 2024 »

  @R16 @refused
  Scénario: Une signature irrégulière n'est pas enregistrée deux fois non plus
    Étant donné que la Caf signe le texte « Convention » le 9 décembre 2024
    Quand la Caf signe le texte « Convention » le 9 décembre 2024
    Alors c'est refusé : « Ce partenaire a déjà signé ce texte le 9 décembre 2024 »

  @R16 @accepted
  Scénario: Après un mauvais texte, signer le bon
    Étant donné que la Caf décide de signer le 2 décembre 2024
    Et que la Caf signe le texte « Brouillon » le 9 décembre 2024
    Quand la Caf signe le texte « Convention » le 10 décembre 2024
    Alors c'est accepté

  @R18 @notice
  Scénario: Une prise d'effet bien avant la première signature
    Étant donné que nous sommes le 2 mai 2026
    Et que la Caf décide de signer le 2 avril 2026
    Quand la Caf signe le texte « Convention »
    Alors c'est accepté, avec un signalement : « La convention prend effet le 1er janvier 2025, soit 16 mois avant sa première signature »

  @R22 @refused
  Scénario: Un texte signé de tous ne change plus par une nouvelle adoption
    Étant donné que l'intercommunalité délibère le 2 décembre 2024, exécutoire le 5 décembre 2024
    Et que la Caf décide de signer le 2 décembre 2024
    Et que l'intercommunalité signe le texte « Convention » le 9 décembre 2024
    Et que la Caf signe le texte « Convention » le 9 décembre 2024
    Et le plan d'actions est signé
    Et que le comité de pilotage décide : validation du plan d'actions
    Quand le plan d'actions est validé avec la fiche « Navette du marché », sur le texte « Version finale »
    Alors c'est refusé : « Tous les signataires requis ont déjà signé »

  @R22 @refused
  Scénario: Une priorité du plan signé de tous ne se retire plus par une décision du comité
    Étant donné que l'intercommunalité délibère le 2 décembre 2024, exécutoire le 5 décembre 2024
    Et que la Caf décide de signer le 2 décembre 2024
    Et que l'intercommunalité signe le texte « Convention » le 9 décembre 2024
    Et que la Caf signe le texte « Convention » le 9 décembre 2024
    Et le plan d'actions est signé
    Et que le comité de pilotage décide : retrait d'une priorité
    Quand la priorité « Navette » est retirée
    Alors c'est refusé : « elle ne se retire plus par une décision du comité »

  @R14 @irregular
  Scénario: Le plan d'une priorité retirée ne se signe plus
    Étant donné que l'intercommunalité délibère le 2 décembre 2024, exécutoire le 5 décembre 2024
    Et que le comité de pilotage décide : retrait d'une priorité
    Et que la priorité « Navette » est retirée
    Quand l'intercommunalité signe le texte « Convention » le 9 décembre 2024
    Alors le fait est gardé, mais irrégulier

  @R22 @accepted
  Scénario: Tant que tous n'ont pas signé, le comité adopte un autre texte
    Étant donné que l'intercommunalité délibère le 2 décembre 2024, exécutoire le 5 décembre 2024
    Et que l'intercommunalité signe le texte « Convention » le 9 décembre 2024
    Et que le comité de pilotage décide : validation du plan d'actions
    Quand le plan d'actions est validé avec la fiche « Navette du marché », sur le texte « Version finale »
    Alors c'est accepté
    Et le plan d'actions n'est pas encore signé

  @R13 @irregular
  Scénario: Une délibération transmise après la signature la régularise du jour où elle est exécutoire
    Étant donné que la Caf décide de signer le 2 décembre 2024
    Et que la Caf signe le texte « Convention » le 9 décembre 2024
    Et que l'intercommunalité délibère le 2 décembre 2024
    Quand l'intercommunalité signe le texte « Convention » le 9 décembre 2024
    Alors le fait est gardé, mais irrégulier
    Et le plan d'actions n'est pas encore signé
    Quand l'intercommunalité délibère le 2 décembre 2024, exécutoire le 12 décembre 2024
    Alors c'est accepté
    Et le plan d'actions est signé

  @R13 @accepted @irregular
  Scénario: Un conseil refuse, puis vote de nouveau
    Quand l'intercommunalité refuse de signer le 2 décembre 2024, par 12 voix contre 8 et 2 abstentions
    Alors c'est accepté
    Quand l'intercommunalité signe le texte « Convention » le 9 décembre 2024
    Alors le fait est gardé, mais irrégulier
    Étant donné que l'intercommunalité délibère le 12 décembre 2024, exécutoire le 16 décembre 2024
    Quand l'intercommunalité signe le texte « Convention » le 18 décembre 2024
    Alors c'est accepté

  @R13 @irregular
  Scénario: Un refus qui ne vient pas du conseil n'engage pas le partenaire
    Quand l'intercommunalité refuse de signer le 2 décembre 2024, par un simple courrier
    Alors le fait est gardé, mais irrégulier

  @R13 @irregular
  Scénario: Signer après que le mandat a été retiré
    Étant donné que l'intercommunalité délibère le 2 décembre 2024, exécutoire le 5 décembre 2024
    Et que l'intercommunalité retire son mandat le 9 décembre 2024
    Quand l'intercommunalité signe le texte « Convention » le 10 décembre 2024
    Alors le fait est gardé, mais irrégulier

  @R13 @accepted
  Scénario: Le retrait du mandat ne défait pas ce qui est déjà signé
    Étant donné que l'intercommunalité délibère le 2 décembre 2024, exécutoire le 5 décembre 2024
    Et que la Caf décide de signer le 2 décembre 2024
    Et que l'intercommunalité signe le texte « Convention » le 9 décembre 2024
    Quand l'intercommunalité retire son mandat le 12 décembre 2024
    Alors c'est accepté
    Quand la Caf signe le texte « Convention » le 16 décembre 2024
    Alors c'est accepté
    Et le plan d'actions est signé

  Scénario: On ne retire pas un mandat qui n'a pas été donné
    Quand l'intercommunalité retire son mandat le 9 décembre 2024
    Alors c'est refusé : « aucun mandat n'est donné à ce partenaire »
    Et l'acte « Enregistrer un retrait de mandat » n'est pas encore possible : « Il n'y a rien que cet acte puisse retirer »

  Scénario: Le même refus ne s'enregistre pas deux fois
    Étant donné que l'intercommunalité refuse de signer le 2 décembre 2024
    Quand l'intercommunalité refuse de signer le 2 décembre 2024
    Alors c'est refusé : « C'est déjà enregistré »

  @R08 @R15 @accepted
  Scénario: La commune qui refuse ne bloque plus : le comité rend sa signature facultative, et tout est signé
    Étant donné que la Caf décide de signer le 2 décembre 2024
    Et que la Caf signe le texte « Convention » le 9 décembre 2024
    Et que l'intercommunalité refuse de signer le 10 décembre 2024, par 12 voix contre 8
    Et le plan d'actions n'est pas encore signé
    Et que le comité de pilotage décide : liste des signataires
    Quand la signature de l'intercommunalité devient « facultative »
    Alors c'est accepté
    Et la convention est signée
    Et le plan d'actions est signé

  @R15 @accepted
  Scénario: Un partenaire rejoint la liste, et le plan l'attend
    Étant donné que l'intercommunalité délibère le 2 décembre 2024, exécutoire le 5 décembre 2024
    Et que la Caf décide de signer le 2 décembre 2024
    Et que l'intercommunalité signe le texte « Convention » le 9 décembre 2024
    Et que le comité de pilotage décide : liste des signataires
    Quand la signature du Département devient « requise »
    Alors c'est accepté
    Quand la Caf signe le texte « Convention » le 16 décembre 2024
    Alors c'est accepté
    Et le plan d'actions n'est pas encore signé

  @R15 @refused
  Scénario: Il reste toujours une signature requise
    Étant donné que le comité de pilotage décide : liste des signataires
    Et que la signature de l'intercommunalité devient « ne signera pas »
    Quand la signature de la Caf devient « facultative »
    Alors c'est refusé : « Il ne resterait aucune signature requise »

  @R15 @refused
  Scénario: Qui a signé a signé
    Étant donné que la Caf décide de signer le 2 décembre 2024
    Et que la Caf signe le texte « Convention » le 9 décembre 2024
    Et que le comité de pilotage décide : liste des signataires
    Quand la signature de la Caf devient « ne signera pas »
    Alors c'est refusé : « il ne peut pas être dit qu'il ne signera pas »

  @R08 @refused
  Scénario: La liste des signataires ne change pas sans que le comité l'ait décidé
    Quand la signature de la MSA devient « ne signera pas »
    Alors c'est refusé : « Il faut ici : liste des signataires »

  @R22 @refused
  Scénario: Une fois tout signé, la liste ne change plus par une décision du comité
    Étant donné que l'intercommunalité délibère le 2 décembre 2024, exécutoire le 5 décembre 2024
    Et que la Caf décide de signer le 2 décembre 2024
    Et que l'intercommunalité signe le texte « Convention » le 9 décembre 2024
    Et que la Caf signe le texte « Convention » le 9 décembre 2024
    Et que le comité de pilotage décide : liste des signataires
    Quand la signature de la MSA devient « requise »
    Alors c'est refusé : « la liste ne change plus par une décision du comité »
