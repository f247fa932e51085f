# language: fr
Fonctionnalité: Renouveler les mandats électifs en cours de convention, sans rien perdre de ce qui a été décidé
  Après des élections municipales, qui siégeait pour une collectivité renouvelée ne parle plus pour elle. Ses rôles sont
  vacants le jour même, le pilote a deux mois pour pourvoir les places, et ce qui a été décidé reste valable.

  Contexte:
    Étant donné que nous sommes le 2 janvier 2026
    Et le territoire « Gascogne Toulousaine » et ses partenaires
    Et que chaque rôle est tenu, sur le territoire comme dans le département
    Et une convention ouverte du 1er janvier 2026 au 31 décembre 2030
    Et que nous sommes le 15 mars 2026

  Scénario: Le scrutin vide les places de l'intercommunalité, et d'elle seule
    Quand le scrutin du 15 mars 2026 renouvelle l'intercommunalité
    Alors c'est accepté
    Et le rôle de représentant du partenaire est à pourvoir pour l'intercommunalité
    Et le rôle de représentant du partenaire n'est pas à pourvoir pour la Caf
    Et le rôle de pilote est toujours tenu

  Scénario: Qui représentait l'intercommunalité n'écrit plus pour elle, le jour même
    Étant donné que nous sommes le 14 mars 2026
    Et que l'administrateur donne à Camille le rôle de représentant du partenaire pour l'intercommunalité
    Quand Camille délègue au réseau au nom de l'intercommunalité
    Alors c'est accepté
    Étant donné que nous sommes le 15 mars 2026
    Et que le scrutin du 15 mars 2026 renouvelle l'intercommunalité
    Quand Camille délègue au réseau au nom de l'intercommunalité
    Alors c'est introuvable

  @D26
  Scénario: Les places sont pourvues une à une
    Étant donné qu'aucune échéance « sièges à pourvoir après le renouvellement municipal » n'est fixée
    Quand le scrutin du 15 mars 2026 renouvelle l'intercommunalité et la MSA
    Alors l'échéance « sièges à pourvoir après le renouvellement municipal » est fixée au 15 mai 2026
    Étant donné que nous sommes le 20 avril 2026
    Quand l'administrateur donne à Camille le rôle de représentant du partenaire pour l'intercommunalité
    Alors il reste une place à pourvoir
    Étant donné que nous sommes le 4 mai 2026
    Quand l'administrateur donne à Marie le rôle de représentant du partenaire pour la MSA
    Alors il ne reste aucune place à pourvoir
    Et l'échéance « sièges à pourvoir après le renouvellement municipal » est tenue
    Et aucune échéance « rôle vacant » n'est fixée

  @D26
  Scénario: Personne n'est désigné, le pilote est prévenu puis le pilote du département
    Étant donné que le scrutin du 15 mars 2026 renouvelle l'intercommunalité
    Quand la tournée passe chaque jour du 1er avril 2026 au 20 juin 2026
    Alors l'échéance « sièges à pourvoir après le renouvellement municipal » est manquée
    Et le retard de « sièges à pourvoir après le renouvellement municipal » est noté une fois
    Et les messages envoyés pour « sièges à pourvoir après le renouvellement municipal » sont :
      | le            | à                              |
      | 15 avril 2026 | pilote                         |
      | 15 mai 2026   | pilote                         |
      | 15 juin 2026  | pilote de la convention-cadre  |

  Scénario: Ce que le comité a décidé avant le scrutin fonde encore un acte après
    Étant donné que le comité de pilotage décide : choix d'une priorité
    Et que le scrutin du 15 mars 2026 renouvelle l'intercommunalité
    Alors la décision du comité de pilotage est toujours là

  Scénario: Le même scrutin ne se dit qu'une fois
    Étant donné que le scrutin du 15 mars 2026 renouvelle l'intercommunalité
    Quand le scrutin du 15 mars 2026 renouvelle l'intercommunalité
    Alors c'est refusé : « déjà »

  @D26
  Scénario: Du scrutin au dernier siège pourvu, le comité se tient et compte ses sièges comme il faut
    Étant donné que nous sommes le 2 février 2026
    Et que l'acte « Fixer les règles d'une instance » est fait par le comité de pilotage, en disant :
      | Quorum | plus de la moitié des sièges |
    Et que l'intercommunalité reçoit un siège d'élu de président au comité de pilotage
    Et que la Caf reçoit un siège technique au comité de pilotage
    Et que la MSA reçoit un siège d'élu au comité de pilotage
    Et que nous sommes le 15 mars 2026
    Quand le scrutin du 15 mars 2026 renouvelle l'intercommunalité et la MSA
    Alors c'est accepté
    Et le siège de l'intercommunalité au comité de pilotage est vacant depuis le 15 mars 2026
    Et le siège de la MSA au comité de pilotage est vacant depuis le 15 mars 2026
    Et le siège de la Caf au comité de pilotage est toujours tenu
    Étant donné que nous sommes le 2 avril 2026
    Quand le siège de la MSA au comité de pilotage est pourvu à compter du 2 mars 2026
    Alors c'est refusé : « 15 mars 2026 »
    Quand le siège de la MSA au comité de pilotage est pourvu
    Alors c'est accepté
    Étant donné que nous sommes le 9 avril 2026
    Quand la réunion « printemps » du comité de pilotage est tenue, avec les sièges « la-caf, la-msa », et décide : autre décision
    Alors c'est accepté
    Et la réunion « printemps » avait 2 présents sur 2 sièges
    Étant donné que nous sommes le 20 avril 2026
    Et que l'administrateur donne à Camille le rôle de représentant du partenaire pour l'intercommunalité
    Et que l'administrateur donne à Marie le rôle de représentant du partenaire pour la MSA
    Alors il reste une place à pourvoir
    Étant donné que nous sommes le 4 mai 2026
    Quand le siège de l'intercommunalité au comité de pilotage est pourvu
    Alors il ne reste aucune place à pourvoir
    Et l'échéance « sièges à pourvoir après le renouvellement municipal » est tenue
    Et la réunion « printemps » avait 2 présents sur 2 sièges

  Scénario: Un partenaire qui siège sur deux territoires et au département
    Étant donné un autre territoire, « Val de Save »
    Et que le territoire « Val de Save » est rattaché à la convention-cadre
    Et un comité départemental
    Et que la MSA a un siège d'élu au comité de pilotage depuis le 2 janvier 2026
    Et que la MSA a un siège d'élu au comité de « Val de Save » depuis le 2 janvier 2026
    Et que la MSA a un siège d'élu au comité départemental depuis le 2 janvier 2026
    Et que nous sommes le 20 mars 2026
    Quand le scrutin du 15 mars 2026 renouvelle la MSA
    Alors c'est accepté
    Et le siège de la MSA au comité de pilotage est vacant
    Et le siège de la MSA au comité départemental est vacant
    Et le siège de la MSA au comité de « Val de Save » est toujours tenu
    Quand le siège de la MSA au comité départemental est pourvu
    Alors c'est accepté
    Quand sur « Val de Save », le scrutin du 15 mars 2026 renouvelle la MSA
    Alors c'est accepté
    Et le siège de la MSA au comité de « Val de Save » est vacant depuis le 15 mars 2026
    Et le siège de la MSA au comité départemental est toujours tenu

  Scénario: Un siège d'avant le scrutin, dit après coup, est vacant depuis le scrutin
    Étant donné que nous sommes le 20 mars 2026
    Et que le scrutin du 15 mars 2026 renouvelle l'intercommunalité
    Quand l'intercommunalité reçoit un siège d'élu au comité de pilotage depuis le 2 février 2026
    Alors c'est accepté
    Et le siège de l'intercommunalité au comité de pilotage est vacant depuis le 15 mars 2026

  Scénario: Qui présidait le comité départemental pour une collectivité renouvelée laisse sa place
    Étant donné que nous sommes le 14 mars 2026
    Et que Camille préside le comité de la convention-cadre pour l'intercommunalité
    Et que nous sommes le 15 mars 2026
    Alors le rôle de président du COPIL n'est pas à pourvoir dans la convention-cadre
    Quand le scrutin du 15 mars 2026 renouvelle l'intercommunalité
    Alors le rôle de président du COPIL est à pourvoir dans la convention-cadre
