# language: fr
Fonctionnalité: Signaler ce qui reste sans réponse
  Ce que les gens disent ou proposent, ce que le diagnostic constate et ce qu'un partenaire conteste ne reste pas sans suite :
  passé le délai de la méthode, la personne chargée de la coopération est sollicitée, puis le pilote. Elle l'est une fois pour
  tout ce qui attend, jamais une fois par contribution.

  Contexte:
    Étant donné que nous sommes le 8 janvier 2024
    Et le territoire « Gascogne Toulousaine » et ses partenaires
    Et que chaque rôle est tenu, sur le territoire comme dans le département
    Et une convention ouverte du 1er janvier 2024 au 31 décembre 2028

  @S08
  Scénario: Plusieurs contributions attendent, un seul message le dit
    Étant donné que nous sommes le 5 février 2024
    Et que la contribution « Le dernier bus part trop tôt » est notée : expertise d’usage, à une permanence
    Et que la contribution « Des horaires plus larges » est notée : expertise technique, dans un entretien
    Et que nous sommes le 7 février 2024
    Et que la contribution « Un relais itinérant » est notée : dimension politique, par courrier ou courriel
    Quand la tournée passe chaque jour du 8 février 2024 au 31 mai 2024
    Alors les messages envoyés pour « réponse aux contributions » sont :
      | le         | à                     |
      | 6 mai 2024 | chargé de coopération |
    Et « réponse aux contributions » attend 3 choses
    Et le retard de « réponse aux contributions » n'est pas noté
    Quand la tournée passe chaque jour du 1er juin 2024 au 28 juin 2024
    Alors les messages envoyés pour « réponse aux contributions » sont :
      | le          | à                     |
      | 6 mai 2024  | chargé de coopération |
      | 4 juin 2024 | pilote                |

  @S08 @S11
  Scénario: Une réponse arrête les rappels, et reste à dire à ceux qui l'attendent
    Étant donné que nous sommes le 5 février 2024
    Et que la contribution « Une piscine olympique » est notée : expertise d’usage, à une permanence
    Et que nous sommes le 4 mars 2024
    Et que la contribution « Une piscine olympique » n'est pas retenue, parce que « Le bassin voisin ouvre en 2025. »
    Quand la tournée passe chaque jour du 5 mars 2024 au 31 mai 2024
    Alors aucun message n'est envoyé pour « réponse aux contributions »
    Et les messages envoyés pour « retour à ceux qui ont contribué » sont :
      | le            | à                     |
      | 29 avril 2024 | chargé de coopération |
      | 29 mai 2024   | pilote                |
    Étant donné que la contribution « Une piscine olympique » est redite « aux familles du quartier »
    Alors aucune échéance « retour à ceux qui ont contribué » n'est fixée

  @S11
  Scénario: Une réponse dite à temps n'est rappelée à personne
    Étant donné que nous sommes le 5 février 2024
    Et que la contribution « Une piscine olympique » est notée : expertise d’usage, à une permanence
    Et que la contribution « Une piscine olympique » n'est pas retenue, parce que « Le bassin voisin ouvre en 2025. »
    Et que la contribution « Une piscine olympique » est redite « aux familles du quartier »
    Quand la tournée passe chaque jour du 6 février 2024 au 31 mai 2024
    Alors aucun message n'est envoyé pour « retour à ceux qui ont contribué »

  @S10
  Scénario: Des constats partagés que rien ne suit
    Étant donné que nous sommes le 6 février 2024
    Et que le diagnostic est partagé le 5 février 2024, avec des constats sur la mobilité et la parentalité
    Quand la tournée passe le 5 février 2025
    Et la tournée passe le 7 avril 2025
    Alors les messages envoyés pour « suite donnée aux constats » sont :
      | le             | à                     |
      | 5 février 2025 | chargé de coopération |
      | 7 avril 2025   | pilote                |
    Et « suite donnée aux constats » attend 2 choses

  @S10
  Scénario: Une priorité répond au constat, et plus rien ne le rappelle
    Étant donné que nous sommes le 6 février 2024
    Et que le diagnostic est partagé le 5 février 2024, avec un constat sur la mobilité
    Et qu'un forum sur la mobilité réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 6 février 2024
    Et que le comité de pilotage décide : choix d'une priorité
    Et que la priorité « Navette » est choisie sur la mobilité
    Quand la tournée passe le 5 février 2025
    Alors aucune échéance « suite donnée aux constats » n'est fixée
    Et aucun message n'est envoyé pour « suite donnée aux constats »

  @S10
  Scénario: Le comité laisse un constat de côté pour un temps
    Étant donné que nous sommes le 6 février 2024
    Et que le diagnostic est partagé le 5 février 2024, avec un constat sur la mobilité
    Et que le comité de pilotage décide : suspension de rappels
    Et que l'échéance « suite donnée aux constats » est suspendue jusqu'au 30 juin 2025
    Quand la tournée passe le 5 février 2025
    Et la tournée passe le 7 avril 2025
    Alors aucun message n'est envoyé pour « suite donnée aux constats »

  @S12
  Scénario: Une proposition d'habitant attend, puis reçoit sa réponse
    Étant donné que le formulaire public est ouvert
    Et que nous sommes le 5 février 2024
    Et qu'une personne sans compte propose « La ludothèque le samedi »
    Quand la tournée passe chaque jour du 6 février 2024 au 12 avril 2024
    Alors la proposition « La ludothèque le samedi » est « sans réponse depuis trop longtemps »
    Et les messages envoyés pour « réponse aux propositions » sont :
      | le            | à                     |
      | 18 mars 2024  | chargé de coopération |
      | 8 avril 2024  | pilote                |
    Étant donné que la proposition « La ludothèque le samedi » n'est pas retenue, parce que « Elle ouvre déjà le samedi. »
    Alors aucune échéance « réponse aux propositions » n'est fixée

  @S13
  Scénario: Une contestation à laquelle personne ne répond
    Étant donné que nous sommes le 5 février 2024
    Et que le diagnostic est partagé le 5 février 2024, avec un constat sur la mobilité
    Et que la Caf conteste l'enregistrement « Diagnostic partagé »
    Quand la tournée passe chaque jour du 6 février 2024 au 15 avril 2024
    Alors les messages envoyés pour « réponse aux contestations » sont :
      | le              | à                     |
      | 26 février 2024 | chargé de coopération |
      | 12 mars 2024    | pilote                |
      | 11 avril 2024   | président du COPIL    |

  @S13
  Scénario: Une réponse fait repartir le délai, et ce qui règle la contestation le clôt
    Étant donné que nous sommes le 5 février 2024
    Et que le diagnostic est partagé le 5 février 2024, avec un constat sur la mobilité
    Et que la Caf conteste l'enregistrement « Diagnostic partagé »
    Et que nous sommes le 20 février 2024
    Et que le pilote répond à la contestation : « Nous vérifions la liste des destinataires. »
    Alors l'échéance « réponse aux contestations » est fixée au 12 mars 2024
    Quand le copilote maintient le fait contesté
    Et que la tournée passe le 12 mars 2024
    Alors aucune échéance « réponse aux contestations » n'est fixée
    Et aucun message n'est envoyé pour « réponse aux contestations »
