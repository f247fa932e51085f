# language: fr
Fonctionnalité: Choisir une méthode
  Une convention suit la méthode sous laquelle elle est ouverte : ses délais, ses règles, qui est prévenu et quand.
  Deux méthodes sont livrées : celle de la Cnaf, proposée d'ordinaire, et celle du Gers, où un thème est toujours croisé.

  Contexte:
    Étant donné que nous sommes le 1er février 2024
    Et le territoire « Gascogne Toulousaine » et ses partenaires
    Et que chaque rôle est tenu, sur le territoire comme dans le département

  @R30 @refused
  Scénario: Sous la méthode du Gers, le comité ne peut pas dispenser un thème de forum
    Étant donné une convention ouverte sous la méthode du Gers du 1er janvier 2025 au 31 décembre 2029
    Et que nous sommes le 30 septembre 2024
    Et que le comité de pilotage décide : dérogation motivée
    Quand le comité de pilotage dispense de croiser le thème en forum jusqu'au 31 décembre 2024
    Alors c'est refusé : « Le comité de pilotage ne peut pas écarter cette règle »

  @D02
  Scénario: Sous la méthode du Gers, le premier forum vient dans les deux mois, et le pilote du cadre est prévenu
    Étant donné une convention ouverte sous la méthode du Gers du 1er janvier 2025 au 31 décembre 2029
    Et que nous sommes le 15 mai 2024
    Et que le diagnostic est partagé le 14 mai 2024, avec un constat sur la mobilité
    Quand la tournée passe chaque jour du 16 mai 2024 au 31 août 2024
    Alors l'échéance « premier forum » est fixée au 15 juillet 2024
    Et les messages envoyés pour « premier forum » sont :
      | le              | à                             |
      | 14 juin 2024    | pilote                        |
      | 8 juillet 2024  | pilote                        |
      | 29 juillet 2024 | co-pilote                     |
      | 28 août 2024    | pilote de la convention-cadre |

  @R30 @accepted
  Scénario: Sous la méthode de la Cnaf, il le peut
    Étant donné une convention ouverte du 1er janvier 2025 au 31 décembre 2029
    Et que nous sommes le 30 septembre 2024
    Et que le comité de pilotage décide : dérogation motivée
    Quand le comité de pilotage dispense de croiser le thème en forum jusqu'au 31 décembre 2024
    Alors c'est accepté
