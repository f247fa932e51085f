# language: fr
Fonctionnalité: Tenir les instances de toute la convention-cadre
  Le comité du département décide comme celui d'un territoire : ce qu'il décide est confié, tenu, remplacé ou abandonné, vieillit
  quand on n'en entend plus parler, et se relance. Ce qui est promis à la convention-cadre se relance aussi. La méthode est
  celle sous laquelle la convention-cadre a été ouverte ; ce que personne ne dit sur place revient à qui la pilote.

  Contexte:
    Étant donné que nous sommes le 8 janvier 2024
    Et le territoire « Gascogne Toulousaine » et ses partenaires
    Et que chaque rôle est tenu, sur le territoire comme dans le département

  @accepted
  Scénario: Ce que décide le comité du département se suit jusqu'à sa preuve
    Étant donné que la convention-cadre a son comité
    Et que le comité de la convention-cadre décide de « Publier les données »
    Alors la décision de la convention-cadre « Publier les données » se lit « attend sa suite »
    Quand la décision de la convention-cadre « Publier les données » est confiée à la Caf, pour le 30 juin 2024
    Alors c'est accepté
    Étant donné que nous sommes le 1er juillet 2024
    Alors la décision de la convention-cadre « Publier les données » se lit « vieillit »
    Et 0 décision de la convention-cadre sur 1 est tenue
    Quand la décision de la convention-cadre « Publier les données » est dite tenue, sans preuve
    Alors c'est refusé : « Rien ne montre »
    Quand la décision de la convention-cadre « Publier les données » est dite tenue, « Les données sont en ligne. »
    Alors c'est accepté
    Et la décision de la convention-cadre « Publier les données » se lit « tenue »
    Et 1 décision de la convention-cadre sur 1 est tenue

  @refused
  Scénario: Le pilote d'un territoire ne dit rien des décisions du département
    Étant donné que la convention-cadre a son comité
    Et que le comité de la convention-cadre décide de « Publier les données »
    Quand la décision de la convention-cadre « Publier les données » est confiée à la Caf par le pilote du territoire
    Alors c'est introuvable

  @refused
  Scénario: Une décision du département ne s'abandonne que par une autre, ou par qui préside son comité
    Étant donné que la convention-cadre a son comité
    Et que le comité de la convention-cadre décide de « Publier les données »
    Quand la décision de la convention-cadre « Publier les données » est abandonnée, parce que « Le portail ferme »
    Alors c'est refusé : « Votre rôle ne permet pas cet acte ici »
    Quand la décision de la convention-cadre « Publier les données » est abandonnée par la présidence, parce que « Le portail ferme »
    Alors c'est accepté
    Et la décision de la convention-cadre « Publier les données » se lit « abandonnée »

  @S07 @accepted
  Scénario: Une décision du département sans suite se relance une fois par étape, auprès de qui pilote la convention-cadre
    Étant donné que la convention-cadre a son comité
    Et que le comité de la convention-cadre décide de « Publier les données »
    Quand la tournée passe chaque jour du 9 janvier 2024 au 30 juin 2024
    Et la tournée passe de nouveau le 30 juin 2024
    Alors les messages envoyés pour « suite donnée à ce qui a été décidé » sont :
      | le           | à                             |
      | 4 mars 2024  | pilote de la convention-cadre |
      | 3 avril 2024 | pilote de la convention-cadre |
    Et le retard de « suite donnée à ce qui a été décidé » n'est pas noté

  @S07
  Scénario: Dite tenue, elle ne se relance plus
    Étant donné que la convention-cadre a son comité
    Et que le comité de la convention-cadre décide de « Publier les données »
    Et que la décision de la convention-cadre « Publier les données » est dite tenue, « Les données sont en ligne. »
    Quand la tournée passe chaque jour du 9 janvier 2024 au 30 juin 2024
    Alors aucun message n'est envoyé pour « suite donnée à ce qui a été décidé »

  @D19
  Scénario: Ce qui est promis au département pour un jour se relance avant, puis après
    Étant donné que la Caf signe la convention-cadre
    Et que la Caf promet à la convention-cadre « Deux salles » : locaux, ferme, au plus tard le 3 juin 2024
    Quand la tournée passe chaque jour du 9 janvier 2024 au 30 septembre 2024
    Et la tournée passe de nouveau le 30 septembre 2024
    Alors les messages envoyés pour « moyens promis » sont :
      | le              | à                             |
      | 6 mai 2024      | pilote de la convention-cadre |
      | 3 juin 2024     | pilote de la convention-cadre |
      | 18 juin 2024    | pilote de la convention-cadre |
      | 3 juillet 2024  | pilote de la convention-cadre |
      | 2 août 2024     | pilote de la convention-cadre |
    Et le retard de « moyens promis » est noté une fois

  @D19
  Scénario: Livré à temps, il ne se relance plus
    Étant donné que la Caf signe la convention-cadre
    Et que la Caf promet à la convention-cadre « Deux salles » : locaux, ferme, au plus tard le 3 juin 2024
    Et que la Caf livre tout de la promesse à la convention-cadre « Deux salles »
    Quand la tournée passe chaque jour du 9 janvier 2024 au 30 septembre 2024
    Alors aucun message n'est envoyé pour « moyens promis »
    Et le retard de « moyens promis » n'est pas noté

  @D19 @R17
  Scénario: Ce que promet qui n'a pas signé se rappelle, et n'est jamais en retard
    Étant donné que la Caf promet à la convention-cadre « Deux salles » : locaux, ferme, au plus tard le 3 juin 2024
    Quand la tournée passe chaque jour du 9 janvier 2024 au 30 septembre 2024
    Alors les messages envoyés pour « moyens promis » sont :
      | le          | à                             |
      | 6 mai 2024  | pilote de la convention-cadre |
      | 3 juin 2024 | pilote de la convention-cadre |
    Et le retard de « moyens promis » n'est pas noté
