# language: fr
Fonctionnalité: Préparer la suite d'une convention
  Une convention se proroge tant qu'elle court, d'un an au plus, et quand tous ceux qui le doivent ont signé.
  Elle se renouvelle par une autre, qui la suit le lendemain ; sinon, rien ne couvre le territoire entre les deux.

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
    Et que nous sommes le 15 novembre 2027

  @R26 @R01 @R08 @accepted
  Scénario: Une prorogation compte le jour de la dernière signature attendue, pas avant
    Étant donné que le comité de pilotage décide : prorogation de la convention
    Quand la convention est prorogée jusqu'au 30 juin 2028, par le texte « Prorogation »
    Alors c'est accepté
    Et la convention court jusqu'au 31 décembre 2027
    Étant donné que nous sommes le 20 décembre 2027
    Et que la Caf autorise la prorogation le 1er décembre 2027
    Et que la Caf signe la prorogation « Prorogation » le 6 décembre 2027
    Et que l'intercommunalité autorise la prorogation le 2 décembre 2027, exécutoire le 8 décembre 2027
    Et que la convention court jusqu'au 31 décembre 2027
    Quand l'intercommunalité signe la prorogation « Prorogation » le 15 décembre 2027
    Alors la convention court jusqu'au 30 juin 2028
    Et le journal dit, dans l'ordre :
      | Le comité a décidé de proroger la convention |
      | La convention est prorogée                   |

  @R13 @irregular
  Scénario: Un mandat pour la convention n'autorise pas à signer sa prorogation
    Étant donné que le comité de pilotage décide : prorogation de la convention
    Et que la convention est prorogée jusqu'au 30 juin 2028, par le texte « Prorogation »
    Et que nous sommes le 20 décembre 2027
    Quand la Caf signe la prorogation « Prorogation » le 6 décembre 2027
    Alors le fait est gardé, mais irrégulier
    Et la convention court jusqu'au 31 décembre 2027

  @R26 @refused
  Scénario: Après le terme, il est trop tard
    Étant donné que nous sommes le 3 janvier 2028
    Et que le comité de pilotage décide : prorogation de la convention
    Quand la convention est prorogée jusqu'au 30 juin 2028, par le texte « Prorogation »
    Alors c'est refusé : « il est trop tard pour la proroger »

  @R26 @irregular
  Scénario: Signée après le terme, une prorogation ne prolonge rien
    Étant donné que le comité de pilotage décide : prorogation de la convention
    Et que la convention est prorogée jusqu'au 30 juin 2028, par le texte « Prorogation »
    Et que nous sommes le 20 janvier 2028
    Et que la Caf autorise la prorogation le 1er décembre 2027
    Et que l'intercommunalité autorise la prorogation le 2 décembre 2027, exécutoire le 8 décembre 2027
    Et que la Caf signe la prorogation « Prorogation » le 6 décembre 2027
    Quand l'intercommunalité signe la prorogation « Prorogation » le 10 janvier 2028
    Alors le fait est gardé, mais irrégulier
    Et la convention court jusqu'au 31 décembre 2027

  @R26 @R01
  Scénario: Signée à temps et enregistrée plus tard, elle compte
    Étant donné que le comité de pilotage décide : prorogation de la convention
    Et que la convention est prorogée jusqu'au 30 juin 2028, par le texte « Prorogation »
    Et que nous sommes le 20 janvier 2028
    Et que le moteur regarde si le terme est passé, le 20 janvier 2028
    Et que la prorogation « Prorogation » est autorisée puis signée par tous le 20 décembre 2027
    Alors la convention court jusqu'au 30 juin 2028
    Quand une autre convention est ouverte, du 1er février 2028 au 31 décembre 2032
    Alors c'est refusé : « Une autre convention couvre déjà une partie de ce périmètre du 1er janvier 2023 au 30 juin 2028 »

  @R26 @refused
  Scénario: Un an de plus, pas davantage, en une fois ou en plusieurs
    Étant donné que le comité de pilotage décide : prorogation de la convention
    Quand la convention est prorogée jusqu'au 1er janvier 2029, par le texte « Trop longue »
    Alors c'est refusé : « la convention court au plus 12 mois de plus, jusqu'au 31 décembre 2028 »
    Quand la convention est prorogée jusqu'au 31 décembre 2027, par le texte « Trop courte »
    Alors c'est refusé : « La convention court déjà jusqu'au 31 décembre 2027 »
    Étant donné que la convention est prorogée jusqu'au 30 juin 2028, par le texte « Prorogation »
    Et que nous sommes le 20 décembre 2027
    Et que la prorogation « Prorogation » est autorisée puis signée par tous le 15 décembre 2027
    Et que le comité de pilotage décide : prorogation de la convention
    Quand la convention est prorogée jusqu'au 31 mars 2029, par le texte « Encore »
    Alors c'est refusé : « jusqu'au 31 décembre 2028 »
    Étant donné que la convention est prorogée jusqu'au 31 décembre 2028, par le texte « Encore »
    Et que la convention court jusqu'au 30 juin 2028
    Et que nous sommes le 20 juin 2028
    Et que la deuxième prorogation « Encore » est autorisée puis signée par tous le 15 juin 2028
    Et que la convention court jusqu'au 31 décembre 2028
    Et que le comité de pilotage décide : prorogation de la convention
    Quand la convention est prorogée jusqu'au 31 janvier 2029, par le texte « De trop »
    Alors c'est refusé : « jusqu'au 31 décembre 2028 »

  @R26 @refused
  Scénario: La même prorogation ne se décide pas deux fois
    Étant donné que le comité de pilotage décide : prorogation de la convention
    Et que la convention est prorogée jusqu'au 30 juin 2028, par le texte « Prorogation »
    Quand la convention est prorogée jusqu'au 30 juin 2028, par le texte « Prorogation »
    Alors c'est refusé : « a déjà été décidée le 15 novembre 2027 »

  @R14 @notice
  Scénario: Une autre prorogation remplace celle qui attend, et se signe de nouveau
    Étant donné que le comité de pilotage décide : prorogation de la convention
    Et que la convention est prorogée jusqu'au 30 juin 2028, par le texte « Prorogation »
    Et que nous sommes le 20 décembre 2027
    Et que la Caf autorise la prorogation le 1er décembre 2027
    Et que la Caf signe la prorogation « Prorogation » le 6 décembre 2027
    Quand la convention est prorogée jusqu'au 30 septembre 2028, par le texte « Autre »
    Alors c'est accepté, avec un signalement : « avait déjà signé l'ancien texte : la Caf »

  @R08 @refused
  Scénario: Personne ne proroge sans le comité
    Étant donné que le comité de pilotage décide : autre décision
    Quand la convention est prorogée jusqu'au 30 juin 2028, par le texte « Prorogation »
    Alors c'est refusé : « Il faut ici : prorogation de la convention »

  @R01 @refused
  Scénario: Une convention déjà ouverte pour la suite ferme les jours qu'elle prend
    Étant donné qu'une autre convention est ouverte, du 1er avril 2028 au 31 décembre 2032, à la suite de la première
    Et que le comité de pilotage décide : prorogation de la convention
    Quand la convention est prorogée jusqu'au 30 juin 2028, par le texte « Prorogation »
    Alors c'est refusé : « Une autre convention est ouverte sur ce périmètre du 1er avril 2028 au 31 décembre 2032 »
    Quand la convention est prorogée jusqu'au 31 mars 2028, par le texte « Prorogation »
    Alors c'est accepté

  @R01 @refused
  Scénario: Une prorogation décidée garde son périmètre
    Étant donné que le comité de pilotage décide : prorogation de la convention
    Et que la convention est prorogée jusqu'au 30 juin 2028, par le texte « Prorogation »
    Quand une autre convention est ouverte, du 1er janvier 2028 au 31 décembre 2032
    Alors c'est refusé : « Une autre convention couvre déjà une partie de ce périmètre du 1er janvier 2023 au 30 juin 2028 »

  @R01 @R26 @accepted
  Scénario: Une prorogation que tous n'ont pas signée au terme rend les jours qu'elle aurait pris
    Étant donné que le comité de pilotage décide : prorogation de la convention
    Et que la convention est prorogée jusqu'au 30 juin 2028, par le texte « Prorogation »
    Et que le moteur regarde si le terme est passé, le 4 janvier 2028
    Quand une autre convention est ouverte, du 1er février 2028 au 31 décembre 2032
    Alors c'est accepté

  @R29
  Scénario: Une signature annulée fait tomber la prorogation, qui revient avec elle
    Étant donné que le comité de pilotage décide : prorogation de la convention
    Et que la convention est prorogée jusqu'au 30 juin 2028, par le texte « Prorogation »
    Et que nous sommes le 20 décembre 2027
    Et que la prorogation « Prorogation » est autorisée puis signée par tous le 15 décembre 2027
    Et que la convention court jusqu'au 30 juin 2028
    Quand l'enregistrement « Signature » est annulé, avec ce qui en dépend
    Alors la convention court jusqu'au 31 décembre 2027
    Quand l'intercommunalité signe la prorogation « Prorogation » le 16 décembre 2027
    Alors la convention court jusqu'au 30 juin 2028

  @R27 @accepted @refused
  Scénario: Le renouvellement se prépare une fois, et ce qui suit se signe avant d'être constaté
    Quand la préparation du renouvellement commence le 10 janvier 2027
    Alors c'est accepté
    Quand la préparation du renouvellement commence
    Alors c'est refusé : « La préparation du renouvellement a commencé le 10 janvier 2027 »
    Étant donné que le comité de pilotage décide : validation d'un bilan
    Et que le bilan final est enregistré, du 1er janvier 2023 au 31 décembre 2027, avec son compte rendu
    Et une autre convention est ouverte, du 1er janvier 2028 au 31 décembre 2032, à la suite de la première
    Quand le renouvellement par la convention du 1er janvier 2028 est constaté
    Alors c'est refusé : « La convention qui succède n'est pas signée par tous »
    Étant donné que nous sommes le 20 décembre 2027
    Et que la convention qui suit, du 1er janvier 2028, est signée par tous le 15 décembre 2027
    Et que le moteur enregistre ce qui suit
    Et qu'il est dit de la convention : « Son renouvellement se prépare. »
    Quand le renouvellement par la convention du 1er janvier 2028 est constaté
    Alors c'est accepté
    Et il est dit de la convention : « Son renouvellement est constaté : la convention qui la suit prend effet le 1er janvier 2028. »
    Et il n'est pas dit de préparer la suite
    Quand le renouvellement par la convention du 1er janvier 2028 est constaté
    Alors c'est refusé : « Le renouvellement est constaté depuis le 20 décembre 2027 »

  @R27 @refused @waived
  Scénario: Sans bilan final, pas de renouvellement, sauf si le comité en décide autrement
    Étant donné qu'une autre convention est ouverte, du 1er janvier 2028 au 31 décembre 2032, à la suite de la première
    Et que nous sommes le 20 décembre 2027
    Et que la convention qui suit, du 1er janvier 2028, est signée par tous le 15 décembre 2027
    Quand le renouvellement par la convention du 1er janvier 2028 est constaté
    Alors c'est refusé : « Aucun bilan final de la convention ne compte »
    Étant donné que le comité de pilotage décide : dérogation motivée
    Et que le comité de pilotage dispense de faire le bilan final avant de renouveler jusqu'au 31 janvier 2028
    Quand le renouvellement par la convention du 1er janvier 2028 est constaté
    Alors c'est accepté par dérogation : « Aucun bilan final de la convention ne compte »

  @R27 @notice
  Scénario: Ce qui suit se prépare pendant que la première court, et l'on sait ce qui reste à faire
    Quand une autre convention est ouverte, du 1er janvier 2028 au 31 décembre 2032, à la suite de la première
    Alors c'est accepté, avec un signalement : « Le bilan final de la convention à laquelle celle-ci succède »

  @R27 @notice
  Scénario: Une convention qui commence plus tard laisse le territoire sans rien entre les deux
    Quand une autre convention est ouverte, du 1er avril 2028 au 31 décembre 2032, à la suite de la première
    Alors c'est accepté, avec un signalement : « Du 1er janvier 2028 au 31 mars 2028, rien ne couvre le territoire (91 jours) »

  @R02 @refused @accepted
  Scénario: Le terme est noté une fois qu'il est passé, et une seule fois
    Quand le moteur regarde si le terme est passé, le 31 décembre 2027
    Alors c'est refusé : « son terme n'est pas passé »
    Quand le moteur regarde si le terme est passé, le 4 janvier 2028
    Alors c'est accepté
    Et le journal dit, dans l'ordre :
      | Le terme est passé |
    Quand le moteur regarde si le terme est passé, le 5 janvier 2028
    Alors rien de plus n'est enregistré

  @R27
  Scénario: Au terme, rien ne suit : le territoire n'est plus couvert
    Quand nous sommes le 31 décembre 2027
    Alors rien ne manque à la couverture du territoire
    Quand nous sommes le 10 janvier 2028
    Alors rien ne couvre le territoire depuis le 1er janvier 2028, soit 10 jours

  @R27
  Scénario: Une convention qui suit le lendemain et que tous ont signée ferme l'intervalle
    Étant donné qu'une autre convention est ouverte, du 1er janvier 2028 au 31 décembre 2032, à la suite de la première
    Et que nous sommes le 20 décembre 2027
    Et que la convention qui suit, du 1er janvier 2028, est signée par tous le 15 décembre 2027
    Et que nous sommes le 10 janvier 2028
    Alors rien ne manque à la couverture du territoire
    Et la convention du 1er janvier 2028 suit la première

  @R27
  Scénario: Ce qui suit et n'est pas signé ne couvre rien ; signé plus tard, il couvre depuis son premier jour
    Étant donné qu'une autre convention est ouverte, du 1er janvier 2028 au 31 décembre 2032, à la suite de la première
    Et que nous sommes le 20 mars 2028
    Alors rien ne couvre le territoire depuis le 1er janvier 2028, soit 80 jours
    Étant donné que la convention qui suit, du 1er janvier 2028, est signée par tous le 17 mars 2028
    Alors rien ne manque à la couverture du territoire
    Et le territoire est couvert depuis le 1er janvier 2028 par une convention signée le 17 mars 2028

  @R27
  Scénario: Une convention ouverte après le terme pour commencer plus tard ferme l'intervalle la veille de ce jour
    Étant donné que nous sommes le 10 janvier 2028
    Et une autre convention est ouverte, du 1er avril 2028 au 31 décembre 2032, à la suite de la première
    Et que nous sommes le 20 mars 2028
    Et que la convention qui suit, du 1er avril 2028, est signée par tous le 17 mars 2028
    Alors rien ne couvre le territoire depuis le 1er janvier 2028 jusqu'au 31 mars 2028, soit 91 jours

  @R27 @refused @accepted
  Scénario: Ce qui suit et n'est pas signé ne renouvelle rien, même passé le terme ; signé plus tard, si
    Étant donné que le comité de pilotage décide : validation d'un bilan
    Et que le bilan final est enregistré, du 1er janvier 2023 au 31 décembre 2027, avec son compte rendu
    Et une autre convention est ouverte, du 1er janvier 2028 au 31 décembre 2032, à la suite de la première
    Et que nous sommes le 20 mars 2028
    Quand le renouvellement par la convention du 1er janvier 2028 est constaté
    Alors c'est refusé : « La convention qui succède n'est pas signée par tous »
    Et rien ne couvre le territoire depuis le 1er janvier 2028, soit 80 jours
    Étant donné que la convention qui suit, du 1er janvier 2028, est signée par tous le 17 mars 2028
    Quand le renouvellement par la convention du 1er janvier 2028 est constaté
    Alors c'est accepté
    Et rien ne manque à la couverture du territoire

  @R27 @R29
  Scénario: L'ouverture de ce qui suit est annulée : le renouvellement reste commencé, et rien ne suit
    Étant donné qu'une autre convention est ouverte, du 1er janvier 2028 au 31 décembre 2032, à la suite de la première
    Et que la convention du 1er janvier 2028 suit la première
    Quand l'enregistrement « Convention ouverte » est annulé, avec ce qui en dépend
    Alors le renouvellement est commencé, et aucune convention ne suit
    Quand nous sommes le 10 janvier 2028
    Alors rien ne couvre le territoire depuis le 1er janvier 2028, soit 10 jours

  @R26
  Scénario: Passé le terme, une prorogation que tous n'ont pas signée n'est plus demandée
    Étant donné que le comité de pilotage décide : prorogation de la convention
    Et que la convention est prorogée jusqu'au 30 juin 2028, par le texte « Prorogation »
    Et que nous sommes le 20 décembre 2027
    Et que la Caf autorise la prorogation le 1er décembre 2027
    Et que la Caf signe la prorogation « Prorogation » le 6 décembre 2027
    Et que la signature manquante de l'intercommunalité, au 6 mars 2028, est demandée
    Quand nous sommes le 31 décembre 2027
    Alors la signature manquante de l'intercommunalité, au 6 mars 2028, est demandée
    Quand nous sommes le 3 janvier 2028
    Alors la signature manquante de l'intercommunalité, au 6 mars 2028, n'est plus demandée
    Et la prorogation est à signer par l'intercommunalité
    Quand le moteur regarde si le terme est passé, le 4 janvier 2028
    Alors la prorogation n'est plus à signer
    Étant donné que l'intercommunalité autorise la prorogation le 2 décembre 2027, exécutoire le 8 décembre 2027
    Quand l'intercommunalité signe la prorogation « Prorogation » le 15 décembre 2027
    Alors la convention court jusqu'au 30 juin 2028

  @R26 @R29
  Scénario: La décision de proroger est annulée : sa signature n'est plus demandée à personne
    Étant donné que le comité de pilotage décide : prorogation de la convention
    Et que la convention est prorogée jusqu'au 30 juin 2028, par le texte « Prorogation »
    Et que nous sommes le 20 décembre 2027
    Et que la Caf autorise la prorogation le 1er décembre 2027
    Et que la Caf signe la prorogation « Prorogation » le 6 décembre 2027
    Et que la signature manquante de l'intercommunalité, au 6 mars 2028, est demandée
    Quand l'enregistrement « Prorogation décidée » est annulé
    Alors la signature manquante de l'intercommunalité, au 6 mars 2028, n'est plus demandée
