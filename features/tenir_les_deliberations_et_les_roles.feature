# language: fr
Fonctionnalité: Obtenir les délibérations, leur preuve, le plan et un successeur
  Entre le plan validé et la première signature, chaque signataire délibère et prouve que son acte est exécutoire. Dès
  qu'un partenaire a signé, un seul rappel demande à chacun ce qui lui manque.

  Contexte:
    Étant donné que nous sommes le 1er février 2024
    Et le territoire « Gascogne Toulousaine » et ses partenaires
    Et que chaque rôle est tenu, sur le territoire comme dans le département
    Et que l'administrateur donne à Louise le rôle de exécutif du partenaire pour la Caf
    Et une convention ouverte du 1er janvier 2025 au 31 décembre 2029
    Et que nous sommes le 30 septembre 2024

  @D09
  Scénario: Chaque signataire a trois mois pour délibérer
    Étant donné qu'aucune échéance « délibérations des signataires » n'est fixée
    Et que le plan est prêt à être signé
    Alors l'échéance « délibérations des signataires » est fixée au 30 décembre 2024
    Et l'échéance « délibérations des signataires » ne manque plus qu'à la Caf et à l'intercommunalité et à la MSA
    Quand nous sommes le 20 décembre 2024
    Et que l'intercommunalité délibère le 2 décembre 2024, exécutoire le 5 décembre 2024
    Et que la Caf décide de signer le 3 décembre 2024
    Alors l'échéance « délibérations des signataires » ne manque plus qu'à la MSA
    Quand la MSA décide de signer le 20 décembre 2024
    Alors l'échéance « délibérations des signataires » est tenue

  @D09
  Scénario: La Caf n'a pas délibéré
    Étant donné que le plan est prêt à être signé
    Et que nous sommes le 1er octobre 2024
    Et que l'intercommunalité délibère le 1er octobre 2024, exécutoire le 1er octobre 2024
    Et que la MSA refuse de signer le 1er octobre 2024
    Quand la tournée passe chaque jour du 2 octobre 2024 au 20 février 2025
    Alors l'échéance « délibérations des signataires » est manquée
    Et le retard de « délibérations des signataires » est noté une fois
    Et les messages envoyés pour « délibérations des signataires » sont :
      | le               | à                          |
      | 31 octobre 2024  | représentant du partenaire |
      | 2 décembre 2024  | représentant du partenaire |
      | 23 décembre 2024 | représentant du partenaire |
      | 30 décembre 2024 | pilote                     |
      | 29 janvier 2025  | exécutif du partenaire     |
    Quand la Caf décide de signer le 19 février 2025
    Alors l'échéance « délibérations des signataires » est tenue le 19 février 2025, avec 51 jours de retard

  @D09 @D11
  Scénario: Dès la première signature, un partenaire n'est plus relancé deux fois pour la même chose
    Étant donné que le plan est prêt à être signé
    Et que l'intercommunalité délibère le 30 septembre 2024, exécutoire le 30 septembre 2024
    Et que l'intercommunalité signe le texte « Convention » le 30 septembre 2024
    Et que la MSA refuse de signer le 30 septembre 2024
    Quand la tournée passe chaque jour du 1er octobre 2024 au 31 janvier 2025
    Alors aucun message n'est envoyé pour « délibérations des signataires »
    Et les messages envoyés pour « signature manquante » sont :
      | le               | à                                                                |
      | 30 octobre 2024  | représentant du partenaire                                       |
      | 29 novembre 2024 | représentant du partenaire                                       |
      | 30 décembre 2024 | représentant du partenaire                                       |
      | 30 décembre 2024 | président du COPIL, chargé de conseil et développement de la Caf |

  @D10
  Scénario: Un acte à transmettre est exécutoire dans les quinze jours
    Étant donné que l'intercommunalité délibère le 30 septembre 2024
    Alors l'échéance « preuve de transmission » est fixée au 15 octobre 2024
    Et l'échéance « preuve de transmission » ne manque plus qu'à l'intercommunalité
    Étant donné que la Caf décide de signer le 30 septembre 2024
    Alors l'échéance « preuve de transmission » ne manque plus qu'à l'intercommunalité
    Quand nous sommes le 11 octobre 2024
    Et que l'intercommunalité délibère le 30 septembre 2024, exécutoire le 10 octobre 2024
    Alors l'échéance « preuve de transmission » est tenue

  @D10
  Scénario: Personne n'a dit quand l'acte est devenu exécutoire
    Étant donné que l'intercommunalité délibère le 30 septembre 2024
    Quand la tournée passe chaque jour du 1er octobre 2024 au 20 novembre 2024
    Alors l'échéance « preuve de transmission » est manquée
    Et le retard de « preuve de transmission » est noté une fois
    Et les messages envoyés pour « preuve de transmission » sont :
      | le               | à                          |
      | 8 octobre 2024   | représentant du partenaire |
      | 15 octobre 2024  | représentant du partenaire |
      | 14 novembre 2024 | pilote                     |
    Quand l'intercommunalité délibère le 30 septembre 2024, exécutoire le 20 octobre 2024
    Alors l'échéance « preuve de transmission » est tenue le 20 octobre 2024, avec 5 jours de retard
    Quand la tournée passe chaque jour du 21 novembre 2024 au 31 janvier 2025
    Alors le retard de « preuve de transmission » est noté une fois

  @D10
  Scénario: Un mandat retiré n'a plus rien à prouver
    Étant donné que l'intercommunalité délibère le 27 septembre 2024
    Et l'échéance « preuve de transmission » est fixée au 14 octobre 2024
    Quand l'intercommunalité retire son mandat le 30 septembre 2024
    Alors aucune échéance « preuve de transmission » n'est fixée

  @D12
  Scénario: La convention est signée avant son plan, et le plan ne vient pas
    Étant donné que la convention est signée sans son plan le 30 septembre 2024
    Alors l'échéance « plan d’actions après la signature de la convention » est fixée au 30 septembre 2025
    Quand la tournée passe chaque jour du 1er juin 2025 au 31 octobre 2025
    Alors l'échéance « plan d’actions après la signature de la convention » est manquée
    Et le retard de « plan d’actions après la signature de la convention » est noté une fois
    Et les messages envoyés pour « plan d’actions après la signature de la convention » sont :
      | le                | à                                   |
      | 2 juillet 2025    | pilote                              |
      | 1er septembre 2025 | pilote                             |
      | 30 septembre 2025 | président du COPIL, membre du COPIL |

  @D12
  Scénario: Le plan signé à temps arrête les rappels
    Étant donné que la convention est signée sans son plan le 30 septembre 2024
    Et que la tournée passe le 2 juillet 2025
    Et que le plan est prêt à être signé
    Et que l'intercommunalité signe le texte « Convention » le 2 juillet 2025
    Et que la Caf signe le texte « Convention » le 2 juillet 2025
    Quand la tournée passe chaque jour du 3 juillet 2025 au 31 octobre 2025
    Alors l'échéance « plan d’actions après la signature de la convention » est tenue
    Et les messages envoyés pour « plan d’actions après la signature de la convention » sont :
      | le             | à      |
      | 2 juillet 2025 | pilote |

  @D12
  Scénario: Un plan signé en même temps que la convention n'est pas attendu
    Étant donné que le plan est prêt à être signé
    Et que l'intercommunalité délibère le 30 septembre 2024, exécutoire le 30 septembre 2024
    Et que la Caf décide de signer le 30 septembre 2024
    Et que l'intercommunalité signe le texte « Convention » le 30 septembre 2024
    Quand la Caf signe le texte « Convention » le 30 septembre 2024
    Alors aucune échéance « plan d’actions après la signature de la convention » n'est fixée

  @D23
  Scénario: Le chargé de coopération part et personne ne le remplace
    Étant donné qu'aucune échéance « rôle vacant » n'est fixée
    Quand le chargé de coopération quitte son poste
    Alors l'échéance « rôle vacant » est fixée au 30 septembre 2024
    Quand la tournée passe chaque jour du 30 septembre 2024 au 15 novembre 2024
    Alors l'échéance « rôle vacant » est manquée
    Et le retard de « rôle vacant » est noté une fois
    Et les messages envoyés pour « rôle vacant » sont :
      | le                | à                          |
      | 30 septembre 2024 | représentant du partenaire |
      | 30 septembre 2024 | pilote                     |
      | 30 octobre 2024   | pilote                     |
    Quand l'administrateur donne à Marie le rôle de chargé de coopération
    Alors l'échéance « rôle vacant » est tenue le 15 novembre 2024, avec 46 jours de retard

  @D23
  Scénario: Un successeur nommé le jour même arrête tout
    Quand le chargé de coopération quitte son poste
    Et que l'administrateur donne à Marie le rôle de chargé de coopération
    Et que la tournée passe chaque jour du 30 septembre 2024 au 15 novembre 2024
    Alors aucun message n'est envoyé pour « rôle vacant »
    Et le retard de « rôle vacant » n'est pas noté
