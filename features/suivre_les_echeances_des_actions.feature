# language: fr
Fonctionnalité: Suivre les échéances des actions
  Dès que le plan est signé, chaque partenaire est sollicité une fois pour toutes les
  siennes : elles commencent et finissent à leur jour, et un point est fait chaque trimestre de celles qui courent. Avant,
  rien n'est en retard.

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
    Et que l'intercommunalité signe le texte « Convention » le 9 décembre 2024

  @D13 @D14 @S05
  Scénario: Avant que le plan soit signé, rien n'est attendu de ses actions
    Quand la tournée passe chaque jour du 20 décembre 2024 au 20 février 2025
    Alors aucune échéance « début ou fin d'une action » n'est fixée
    Et aucune échéance « point d'avancement d'une action » n'est fixée
    Et aucune échéance « point de situation de l'action » n'est fixée

  @D13
  Scénario: Une action qui ne commence pas à son jour est rappelée à qui la porte, puis au-dessus
    Étant donné que la Caf décide de signer le 2 décembre 2024
    Et que la Caf signe le texte « Convention » le 9 décembre 2024
    Quand la tournée passe chaque jour du 20 décembre 2024 au 15 avril 2025
    Alors les messages envoyés pour « début ou fin d'une action » sont :
      | le              | à                                    |
      | 20 décembre 2024 | représentant du partenaire |
      | 2 janvier 2025  | représentant du partenaire |
      | 16 janvier 2025 | chargé de coopération                |
      | 31 janvier 2025 | chargé de coopération                |
      | 1er avril 2025  | président du COPIL, membre du COPIL  |

  @D13
  Scénario: Une action dite commencée ne fait plus écrire à personne, jusqu'à sa fin
    Étant donné que la Caf décide de signer le 2 décembre 2024
    Et que la Caf signe le texte « Convention » le 9 décembre 2024
    Et que nous sommes le 6 janvier 2025
    Et que l'intercommunalité dit l'action « Navette du marché » en cours, à 10 %
    Alors l'échéance « début ou fin d'une action » est tenue le 6 janvier 2025, avec 4 jours de retard
    Et l'échéance « début ou fin d'une action » est fixée au 31 décembre 2026

  @D14
  Scénario: Un point chaque trimestre des actions qui courent
    Étant donné que la Caf décide de signer le 2 décembre 2024
    Et que la Caf signe le texte « Convention » le 9 décembre 2024
    Et que nous sommes le 6 janvier 2025
    Et que l'intercommunalité dit l'action « Navette du marché » en cours, à 10 %
    Quand la tournée passe chaque jour du 1er avril 2025 au 15 juillet 2025
    Alors les messages envoyés pour « point d'avancement d'une action » sont :
      | le              | à                                  |
      | 10 juillet 2025 | représentant du partenaire |
    Étant donné que l'intercommunalité dit l'action « Navette du marché » en cours, à 30 %
    Alors l'échéance « point d'avancement d'une action » est tenue le 15 juillet 2025, avec 5 jours de retard

  @D14
  Scénario: Un point fait en retard vaut pour le trimestre dû, et pas en plus pour celui où il est fait
    Étant donné que la Caf décide de signer le 2 décembre 2024
    Et que la Caf signe le texte « Convention » le 9 décembre 2024
    Et que nous sommes le 6 janvier 2025
    Et que l'intercommunalité dit l'action « Navette du marché » en cours, à 10 %
    Et que nous sommes le 15 juillet 2025
    Et que l'intercommunalité dit l'action « Navette du marché » en cours, à 30 %
    Alors l'échéance « point d'avancement d'une action » est tenue le 15 juillet 2025, avec 5 jours de retard
    Quand la tournée passe chaque jour du 16 juillet 2025 au 13 octobre 2025
    Alors les messages envoyés pour « point d'avancement d'une action » sont :
      | le              | à                          |
      | 10 octobre 2025 | représentant du partenaire |

  @D14
  Scénario: Un point vaut pour le trimestre du jour dont il parle, quel que soit le jour où il est enregistré
    Étant donné que la Caf décide de signer le 2 décembre 2024
    Et que la Caf signe le texte « Convention » le 9 décembre 2024
    Et que nous sommes le 6 janvier 2025
    Et que l'intercommunalité dit l'action « Navette du marché » en cours, à 10 %
    Et que nous sommes le 15 juillet 2025
    Et que l'intercommunalité dit l'action « Navette du marché » en cours, à 25 %, au 30 juin 2025
    Et que l'intercommunalité dit l'action « Navette du marché » en cours, à 30 %
    Quand la tournée passe chaque jour du 16 juillet 2025 au 13 octobre 2025
    Alors aucun message n'est envoyé pour « point d'avancement d'une action »

  @S05
  Scénario: Une action dont personne ne dit rien est signalée à qui la porte
    Étant donné que la Caf décide de signer le 2 décembre 2024
    Et que la Caf signe le texte « Convention » le 9 décembre 2024
    Quand la tournée passe chaque jour du 20 avril 2025 au 20 mai 2025
    Alors les messages envoyés pour « point de situation de l'action » sont :
      | le         | à                                  |
      | 2 mai 2025 | représentant du partenaire |

  @D15
  Scénario: Un indicateur qui n'est pas mesuré à la fin de sa période est demandé à qui en tient les données
    Étant donné que l'indicateur « Voyages » est défini en nombre, sans départ
    Et que la Caf décide de signer le 2 décembre 2024
    Et que la Caf signe le texte « Convention » le 9 décembre 2024
    Quand la tournée passe chaque jour du 20 décembre 2024 au 15 mars 2025
    Alors les messages envoyés pour « mesure d'un indicateur » sont :
      | le               | à                          |
      | 31 décembre 2024 | représentant du partenaire |
      | 30 janvier 2025  | représentant du partenaire |
      | 3 mars 2025      | chargé de coopération      |

  @D19
  Scénario: Un moyen promis pour un jour est rappelé à qui l'a promis, puis au pilote et au comité
    Étant donné que la Caf promet « Un mi-temps de coordination » : poste cofinancé, ferme, avec la MSA, au plus tard le 3 mars 2025
    Et que la Caf décide de signer le 2 décembre 2024
    Et que la Caf signe le texte « Convention » le 9 décembre 2024
    Quand la tournée passe chaque jour du 20 décembre 2024 au 15 mai 2025
    Alors les messages envoyés pour « moyens promis » sont :
      | le              | à                                   |
      | 3 février 2025  | représentant du partenaire          |
      | 3 mars 2025     | représentant du partenaire          |
      | 18 mars 2025    | représentant du partenaire          |
      | 2 avril 2025    | pilote                              |
      | 2 mai 2025      | président du COPIL, membre du COPIL |

  @D19
  Scénario: Ce que promet un partenaire que rien n'engage encore est rappelé, jamais en retard
    Étant donné que la MSA promet « Deux salles » : locaux, ferme, au plus tard le 3 mars 2025
    Quand la tournée passe chaque jour du 20 décembre 2024 au 15 mai 2025
    Alors les messages envoyés pour « moyens promis » sont :
      | le             | à                          |
      | 3 février 2025 | représentant du partenaire |
      | 3 mars 2025    | représentant du partenaire |
    Et le retard de « moyens promis » n'est pas noté

  @S06
  Scénario: Un indicateur dont rien n'est dit pendant quinze mois est signalé, sans retard
    Étant donné que l'indicateur « Voyages » est défini en nombre, sans départ
    Et que la Caf décide de signer le 2 décembre 2024
    Et que la Caf signe le texte « Convention » le 9 décembre 2024
    Quand la tournée passe chaque jour du 10 mars 2026 au 30 avril 2026
    Alors les messages envoyés pour « mesure récente de l'indicateur » sont :
      | le            | à                          |
      | 20 mars 2026  | représentant du partenaire |
      | 20 avril 2026 | chargé de coopération      |
    Et le retard de « mesure récente de l'indicateur » n'est pas noté

  @S09
  Scénario: Un moyen promis dont rien n'est dit pendant six mois est signalé, sans retard
    Étant donné que la Caf promet « Un mi-temps de coordination » : poste cofinancé, ferme, avec la MSA
    Et que la Caf décide de signer le 2 décembre 2024
    Et que la Caf signe le texte « Convention » le 9 décembre 2024
    Quand la tournée passe chaque jour du 1er juin 2025 au 30 juillet 2025
    Alors les messages envoyés pour « point de situation des moyens promis » sont :
      | le              | à                          |
      | 20 juin 2025    | représentant du partenaire |
      | 21 juillet 2025 | pilote                     |
    Et le retard de « point de situation des moyens promis » n'est pas noté

  @S09
  Scénario: Ce qu'un partenaire a dit ne pas tenir n'est plus demandé
    Étant donné que la Caf promet « Un mi-temps de coordination » : poste cofinancé, ferme, avec la MSA
    Et que la Caf décide de signer le 2 décembre 2024
    Et que la Caf signe le texte « Convention » le 9 décembre 2024
    Et que nous sommes le 3 mars 2025
    Et qu'il est constaté que la Caf ne tient pas « Un mi-temps de coordination »
    Quand la tournée passe chaque jour du 1er juin 2025 au 31 décembre 2025
    Alors aucun message n'est envoyé pour « point de situation des moyens promis »
