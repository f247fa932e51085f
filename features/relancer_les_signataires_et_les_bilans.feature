# language: fr
Fonctionnalité: Relancer les signataires et les bilans en retard
  Une signature manquante ou un bilan oublié ne passe pas inaperçu, et personne n'est relancé deux fois pour rien.

  Contexte:
    Étant donné que nous sommes le 1er février 2024
    Et le territoire « Gascogne Toulousaine » et ses partenaires
    Et que chaque rôle est tenu, sur le territoire comme dans le département
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
    Et que l'intercommunalité délibère le 2 décembre 2024, exécutoire le 5 décembre 2024
    Et que la Caf décide de signer le 2 décembre 2024
    Et que l'intercommunalité signe le texte « Convention » le 16 décembre 2024

  @D11
  Scénario: La Caf tarde à signer
    Alors l'échéance « signature manquante » ne manque plus qu'à la Caf et à la MSA
    Et l'échéance « signature manquante » est fixée au 17 mars 2025
    Étant donné que le comité de pilotage décide : liste des signataires
    Quand la signature de la MSA devient « ne signera pas »
    Alors l'échéance « signature manquante » ne manque plus qu'à la Caf
    Quand la tournée passe chaque jour du 1er janvier 2025 au 30 avril 2025
    Alors les messages envoyés pour « signature manquante » sont :
      | le              | à                                                                |
      | 15 janvier 2025 | représentant du partenaire                                       |
      | 14 février 2025 | représentant du partenaire                                       |
      | 17 mars 2025    | représentant du partenaire                                       |
      | 17 mars 2025    | président du COPIL, chargé de conseil et développement de la Caf |

  @D11
  Scénario: Un conseil qui a refusé n'est plus relancé, jusqu'à ce qu'il vote de nouveau
    Quand la MSA refuse de signer le 19 décembre 2024
    Alors l'échéance « signature manquante » ne manque plus qu'à la Caf et à la MSA
    Étant donné que la Caf signe le texte « Convention » le 19 décembre 2024
    Quand la tournée passe chaque jour du 1er janvier 2025 au 30 avril 2025
    Alors aucun message n'est envoyé pour « signature manquante »
    Quand la MSA décide de signer le 28 avril 2025
    Alors l'échéance « signature manquante » est fixée au 28 juillet 2025

  @D11
  Scénario: Une signature facultative est rappelée, jamais en retard, et n'alerte personne d'autre
    Étant donné que la Caf signe le texte « Convention » le 19 décembre 2024
    Quand la tournée passe chaque jour du 1er janvier 2025 au 30 avril 2025
    Alors l'échéance « signature manquante » ne manque plus qu'à la MSA
    Et l'échéance « signature manquante » reste ouverte
    Et le retard de « signature manquante » n'est pas noté
    Et les messages envoyés pour « signature manquante » sont :
      | le              | à                          |
      | 15 janvier 2025 | représentant du partenaire |
      | 14 février 2025 | représentant du partenaire |
      | 17 mars 2025    | représentant du partenaire |

  @D11
  Scénario: Un partenaire que le comité demande après coup a le même temps que les autres
    Étant donné que nous sommes le 28 avril 2025
    Et que le comité de pilotage décide : liste des signataires
    Quand la signature de la MSA devient « requise »
    Et que la Caf signe le texte « Convention » le 28 avril 2025
    Alors l'échéance « signature manquante » est fixée au 28 juillet 2025

  @D11
  Scénario: Même une fois tout signé, le comité peut dire qu'un partenaire facultatif ne signera pas
    Étant donné que la Caf signe le texte « Convention » le 19 décembre 2024
    Et que le comité de pilotage décide : liste des signataires
    Quand la signature de la MSA devient « ne signera pas »
    Alors c'est accepté
    Quand la tournée passe chaque jour du 1er janvier 2025 au 30 avril 2025
    Alors aucun message n'est envoyé pour « signature manquante »

  @D16
  Scénario: Le bilan de 2025 tarde
    Étant donné que la Caf signe le texte « Convention » le 16 décembre 2024
    Et que la tournée passe le 2 janvier 2026
    Et que la tournée passe le 2 mars 2026
    Et que la tournée passe le 24 mars 2026
    Et que la tournée passe le 31 mars 2026
    Et que la tournée passe le 1er avril 2026
    Et que la tournée passe le 29 avril 2026
    Et que la tournée passe le 2 mai 2026
    Et que la tournée passe le 4 mai 2026
    Et que la tournée passe le 28 juin 2026
    Et que la tournée passe le 29 juin 2026
    Et que la tournée passe de nouveau le 29 juin 2026
    Alors l'échéance « bilan annuel » est fixée au 31 mars 2026
    Et l'échéance « bilan annuel » est manquée
    Et le retard de « bilan annuel » est noté une fois
    Et les messages envoyés pour « bilan annuel » sont :
      | le             | à                             |
      | 2 janvier 2026 | pilote                        |
      | 2 mars 2026    | pilote                        |
      | 24 mars 2026   | pilote                        |
      | 31 mars 2026   | président du COPIL            |
      | 4 mai 2026     | représentant du partenaire    |
      | 29 juin 2026   | pilote de la convention-cadre |
    Quand nous sommes le 3 juillet 2026
    Et que le comité de pilotage décide : validation d'un bilan, le 12 juin 2026
    Et que le bilan annuel de 2025 est enregistré, tenu le 12 juin 2026
    Alors l'échéance « bilan annuel » est tenue le 12 juin 2026, avec 73 jours de retard

  @D16
  Scénario: Un bilan fait trop tôt ne tient pas l'échéance
    Étant donné que la Caf signe le texte « Convention » le 16 décembre 2024
    Et que nous sommes le 15 décembre 2025
    Et que le comité de pilotage décide : validation d'un bilan
    Quand le bilan annuel de 2025 est enregistré
    Alors le fait est gardé, mais irrégulier
    Et l'échéance « bilan annuel » reste ouverte
