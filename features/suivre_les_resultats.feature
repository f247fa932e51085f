# language: fr
Fonctionnalité: Suivre les résultats
  Un indicateur dit d'où l'on part, où l'on veut arriver et qui tient la donnée. On voit ce qui s'éloigne de sa cible
  avant qu'il soit trop tard, ce que le comité a vu, et jamais un petit nombre de personnes.

  Contexte:
    Étant donné que nous sommes le 1er février 2024
    Et le territoire « Gascogne Toulousaine » et ses partenaires
    Et une convention ouverte du 1er janvier 2024 au 31 décembre 2028
    Et que nous sommes le 15 mars 2025

  @R11 @accepted
  Scénario: Un indicateur part d'une valeur connue
    Quand l'indicateur « Places d'accueil » est défini en nombre, de 46 au 31 décembre 2023 à 58 en 2028
    Alors c'est accepté

  @R11 @notice
  Scénario: Un indicateur sans départ se dit
    Quand l'indicateur « Places d'accueil » est défini en nombre, sans départ
    Alors c'est accepté, avec un signalement : « d’où l’on part »

  @R03 @refused
  Scénario: Une valeur de départ n'est pas d'un jour à venir
    Quand l'indicateur « Places d'accueil » est défini en nombre, de 46 au 31 décembre 2027 à 58 en 2028
    Alors c'est refusé : « ne se mesure pas d’avance »

  @accepted
  Scénario: Une mesure se suit jusqu'à sa cible
    Étant donné que l'indicateur « Places d'accueil » est défini en nombre, de 46 au 31 décembre 2023 à 58 en 2028
    Quand « Places d'accueil » est mesuré : 49 au 31 décembre 2024
    Alors c'est accepté
    Et « Places d'accueil » est « monte comme prévu », à 25 % du chemin

  @accepted
  Scénario: Un délai qui doit baisser et qui monte s'éloigne
    Étant donné que l'indicateur « Délai de rendez-vous » est défini en jours, de 21 au 31 décembre 2023 à 10 en 2028
    Quand « Délai de rendez-vous » est mesuré : 26 au 31 décembre 2024
    Alors « Délai de rendez-vous » est « s’éloigne de la cible », à -46 % du chemin

  @accepted
  Scénario: Une cible n'est manquée qu'une fois son année passée
    Étant donné que l'indicateur « Places d'accueil » est défini en nombre, de 46 au 31 décembre 2023 à 58 en 2025
    Et que « Places d'accueil » est mesuré : 47 au 31 décembre 2024
    Alors « Places d'accueil » est « monte trop lentement », à 8 % du chemin
    Étant donné que nous sommes le 1er janvier 2026
    Alors « Places d'accueil » est « cible 2025 manquée », à 8 % du chemin

  @refused
  Scénario: Un jour n'a qu'une valeur, et la remplacer dit pourquoi
    Étant donné que l'indicateur « Places d'accueil » est défini en nombre, de 46 au 31 décembre 2023 à 58 en 2028
    Et que « Places d'accueil » est mesuré : 49 au 31 décembre 2024
    Quand « Places d'accueil » est mesuré : 48 au 31 décembre 2024
    Alors c'est refusé : « a déjà une valeur »

  @accepted
  Scénario: Une valeur remplacée garde ce que le comité a vu
    Étant donné que l'indicateur « Places d'accueil » est défini en nombre, de 46 au 31 décembre 2023 à 58 en 2028
    Et que « Places d'accueil » est mesuré : 49 au 31 décembre 2024
    Et que nous sommes le 20 mars 2025
    Et que le comité de pilotage décide : autre décision
    Et que nous sommes le 2 avril 2025
    Quand la valeur de « Places d'accueil » est remplacée par 48
    Alors c'est accepté
    Et le comité a vu 49 pour « Places d'accueil », qui vaut maintenant 48

  @R33 @accepted
  Scénario: La valeur d'un autre partenaire attend celui qui tient la donnée
    Étant donné que l'indicateur « Places d'accueil » est défini en nombre, de 46 au 31 décembre 2023 à 58 en 2028
    Quand « Places d'accueil » est mesuré par la CPAM : 49 au 31 décembre 2024
    Alors c'est accepté
    Et « Places d'accueil » n'a pas de valeur
    Quand la valeur proposée pour « Places d'accueil » est acceptée par l'intercommunalité
    Alors c'est accepté
    Et « Places d'accueil » est « monte comme prévu », à 25 % du chemin

  @R33 @refused
  Scénario: Un partenaire n'accepte pas ce qu'il propose
    Étant donné que l'indicateur « Places d'accueil » est défini en nombre, de 46 au 31 décembre 2023 à 58 en 2028
    Et que « Places d'accueil » est mesuré par la CPAM : 49 au 31 décembre 2024
    Quand la valeur proposée pour « Places d'accueil » est acceptée par la CPAM
    Alors c'est refusé : « rôle »

  @refused
  Scénario: Une valeur qui n'attend pas n'a pas de réponse
    Étant donné que l'indicateur « Places d'accueil » est défini en nombre, de 46 au 31 décembre 2023 à 58 en 2028
    Et que « Places d'accueil » est mesuré : 49 au 31 décembre 2024
    Quand la valeur proposée pour « Places d'accueil » est refusée par l'intercommunalité
    Alors c'est refusé : « n’attend pas de réponse »

  @R32 @accepted
  Plan du scénario: Un nombre de personnes assez grand se dit
    Étant donné que l'indicateur « Aidants reçus » est défini en <unité>, comptant des personnes
    Quand « Aidants reçus » est mesuré : <mesure>
    Alors c'est accepté

    Exemples:
      | unité     | mesure        |
      | nombre    | 11            |
      | nombre    | 0             |
      | nombre    | 30 sur 50     |
      | pour cent | 40 sur 50     |

  @R32 @refused
  Plan du scénario: Un petit nombre de personnes ne se dit d'aucune façon
    Étant donné que l'indicateur « Aidants reçus » est défini en <unité>, comptant des personnes
    Quand « Aidants reçus » est mesuré : <mesure>
    Alors c'est refusé : « <pourquoi> »

    Exemples:
      | unité     | mesure    | pourquoi               |
      | nombre    | 10        | trop peu de personnes  |
      | nombre    | 45 sur 50 | combien sont les autres |
      | pour cent | 10 sur 50 | trop peu de personnes  |
      | pour cent | 90 sur 50 | combien sont les autres |
      | pour cent | 40        | sur combien            |

  @R32 @accepted
  Scénario: Des places se comptent librement
    Étant donné que l'indicateur « Places d'accueil » est défini en nombre, sans départ
    Quand « Places d'accueil » est mesuré : 4
    Alors c'est accepté

  @refused
  Scénario: Ce qui compte des personnes ne cesse pas de les compter
    Étant donné que l'indicateur « Aidants reçus » est défini en nombre, comptant des personnes
    Et que « Aidants reçus » est mesuré : 30
    Quand l'indicateur « Aidants reçus » est redéfini, sans compter de personnes
    Alors c'est refusé : « ne change plus »

  @accepted
  Scénario: Une définition change, et ce qui a été mesuré garde la sienne
    Étant donné que l'indicateur « Places d'accueil » est défini en nombre, de 46 au 31 décembre 2023 à 58 en 2028
    Et que « Places d'accueil » est mesuré : 49 au 31 décembre 2024
    Quand l'indicateur « Places d'accueil » est redéfini, avec une cible de 60 en 2028
    Alors c'est accepté
    Et la mesure de « Places d'accueil » est de la définition 1, qui en est à la 2

  @accepted
  Scénario: Un indicateur dont on ne se sert plus est retiré
    Étant donné que l'indicateur « Places d'accueil » est défini en nombre, sans départ
    Quand l'indicateur « Places d'accueil » est retiré
    Alors c'est accepté

  @refused
  Scénario: Un indicateur retiré n'est plus mesuré
    Étant donné que l'indicateur « Places d'accueil » est défini en nombre, sans départ
    Et que l'indicateur « Places d'accueil » est retiré
    Quand « Places d'accueil » est mesuré : 49
    Alors c'est refusé : « a été retiré »

  @R32 @accepted
  Scénario: Ce que disent assez d'usagers se répartit
    Quand 24 usagers répondent, dont 18 satisfaits et 6 insatisfaits
    Alors c'est accepté
    Et l'on dit que 75 % des usagers sont satisfaits

  @R32 @refused
  Scénario: La répartition de quelques réponses ne se garde pas
    Quand 10 usagers répondent, dont 8 satisfaits et 2 insatisfaits
    Alors c'est refusé : « Moins de 11 réponses »

  @R32 @accepted
  Scénario: De quelques réponses on garde le nombre
    Quand 10 usagers répondent
    Alors c'est accepté
    Et l'on ne dit pas combien d'usagers sont satisfaits
