# language: fr
Fonctionnalité: Rappeler le milieu et le terme d'une convention
  À mi-parcours, un bilan. Quinze mois avant le terme, ce qui suit se prépare : les rappels s'arrêtent quand c'est fait.

  Contexte:
    Étant donné que nous sommes le 1er février 2022
    Et le territoire « Gascogne Toulousaine » et ses partenaires
    Et que chaque rôle est tenu, sur le territoire comme dans le département
    Et une convention ouverte du 1er janvier 2023 au 31 décembre 2027
    Et que nous sommes le 20 décembre 2022
    Et que la Caf décide de signer le 2 décembre 2022
    Et que l'intercommunalité délibère le 2 décembre 2022, exécutoire le 5 décembre 2022
    Et que la Caf signe le texte « Convention » le 9 décembre 2022
    Et que l'intercommunalité signe le texte « Convention » le 9 décembre 2022

  @D17
  Scénario: À mi-parcours, le pilote est prévenu deux mois avant, et le comité le jour même
    Alors l'échéance « bilan à mi-parcours » est fixée au 1er juillet 2025
    Quand la tournée passe le 1er mai 2025
    Alors aucun message n'est envoyé pour « bilan à mi-parcours »
    Quand la tournée passe le 2 mai 2025
    Et la tournée passe le 1er juillet 2025
    Et la tournée passe le 2 juillet 2025
    Alors les messages envoyés pour « bilan à mi-parcours » sont :
      | le               | à                                   |
      | 2 mai 2025       | pilote                              |
      | 1er juillet 2025 | président du COPIL, membre du COPIL |
    Et l'échéance « bilan à mi-parcours » est manquée

  @D17
  Scénario: Le bilan à mi-parcours fait, personne n'est plus rappelé
    Étant donné que nous sommes le 20 mai 2025
    Et que le comité de pilotage décide : validation d'un bilan
    Quand le bilan à mi-parcours est enregistré, du 1er janvier 2023 au 30 juin 2025, avec son compte rendu
    Et l'échéance « bilan à mi-parcours » est tenue
    Quand la tournée passe le 1er juillet 2025
    Alors aucun message n'est envoyé pour « bilan à mi-parcours »

  @D18
  Scénario: Quinze mois avant le terme, puis plus souvent, jusqu'à ce que rien ne couvre plus le territoire
    Alors l'échéance « préparation du renouvellement » est fixée au 31 décembre 2027
    Quand la tournée passe le 30 septembre 2026
    Alors aucun message n'est envoyé pour « préparation du renouvellement »
    Quand la tournée passe le 1er octobre 2026
    Et la tournée passe le 31 décembre 2026
    Et la tournée passe le 1er avril 2027
    Et la tournée passe le 1er juillet 2027
    Et la tournée passe le 1er octobre 2027
    Et la tournée passe le 1er décembre 2027
    Et la tournée passe le 1er janvier 2028
    Et la tournée passe le 3 janvier 2028
    Alors les messages envoyés pour « préparation du renouvellement » sont :
      | le                | à                                                    |
      | 1er octobre 2026  | pilote, chargé de conseil et développement de la Caf |
      | 31 décembre 2026  | pilote, chargé de conseil et développement de la Caf |
      | 1er avril 2027    | pilote, chargé de conseil et développement de la Caf |
      | 1er juillet 2027  | pilote, chargé de conseil et développement de la Caf |
      | 1er octobre 2027  | pilote, chargé de conseil et développement de la Caf |
      | 1er décembre 2027 | pilote, chargé de conseil et développement de la Caf |
      | 1er janvier 2028  | pilote, chargé de conseil et développement de la Caf |
    Et le retard de « préparation du renouvellement » est noté une fois

  @D18
  Scénario: Le renouvellement engagé, les rappels s'arrêtent
    Étant donné que nous sommes le 15 octobre 2026
    Quand la préparation du renouvellement commence
    Alors l'échéance « préparation du renouvellement » est tenue
    Quand la tournée passe le 31 décembre 2026
    Alors aucun message n'est envoyé pour « préparation du renouvellement »

  @D18
  Scénario: Ouvrir la convention qui suit, c'est engager le renouvellement
    Étant donné que nous sommes le 15 octobre 2026
    Quand une autre convention est ouverte, du 1er janvier 2028 au 31 décembre 2032, à la suite de la première
    Alors l'échéance « préparation du renouvellement » est tenue
    Et le journal dit, dans l'ordre :
      | La convention a été ouverte                 |
      | La préparation du renouvellement a commencé |

  @D18
  Scénario: Prorogée, la convention rappelle son nouveau terme
    Étant donné que nous sommes le 15 novembre 2027
    Et que le comité de pilotage décide : prorogation de la convention
    Et que la convention est prorogée jusqu'au 30 juin 2028, par le texte « Prorogation »
    Et que nous sommes le 20 décembre 2027
    Et que l'échéance « préparation du renouvellement » est fixée au 31 décembre 2027
    Quand la prorogation « Prorogation » est autorisée puis signée par tous le 15 décembre 2027
    Alors l'échéance « préparation du renouvellement » est fixée au 30 juin 2028
