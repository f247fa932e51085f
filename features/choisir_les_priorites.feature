# language: fr
Fonctionnalité: Choisir les priorités sur un diagnostic partagé
  Le territoire choisit ce qu'il veut. Le moteur vérifie seulement qui choisit, et sur quels constats.

  Contexte:
    Étant donné que nous sommes le 1er février 2024
    Et le territoire « Gascogne Toulousaine » et ses partenaires
    Et une convention ouverte du 1er janvier 2025 au 31 décembre 2029
    Et que nous sommes le 30 septembre 2024

  @R05 @refused
  Scénario: Un besoin connu ne remplace pas un diagnostic
    Étant donné que l'engagement est confirmé le 1er mars 2024
    Et que le comité de pilotage décide : choix d'une priorité
    Et que c'est le co-pilote qui écrit
    Quand la priorité « Navette » est choisie sur la mobilité, sans citer de constat
    Alors c'est refusé : « Une priorité se choisit sur un diagnostic partagé »
    Et c'est aussi refusé parce que : « n'a pas encore été croisé dans des forums »

  @R05 @R08 @R09 @accepted
  Scénario: La même priorité, une fois le diagnostic partagé et le thème croisé
    Étant donné que le diagnostic est partagé le 14 mai 2024, avec un constat sur la mobilité
    Et qu'un forum sur la mobilité réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 5 juin 2024
    Et que le comité de pilotage décide : choix d'une priorité
    Et que c'est le co-pilote qui écrit
    Quand la priorité « Navette » est choisie sur la mobilité, au rang 1
    Alors c'est accepté

  @R05 @refused
  Scénario: Le diagnostic a été partagé après le choix
    Étant donné que le diagnostic est partagé le 14 mai 2024, avec un constat sur la mobilité
    Et que le comité de pilotage décide : choix d'une priorité, le 2 mai 2024
    Quand la priorité « Navette » est choisie sur la mobilité, le 3 mai 2024
    Alors c'est refusé : « datée du 3 mai 2024, avant que le diagnostic soit partagé, le 14 mai 2024 »

  @R05 @refused
  Scénario: Un diagnostic d'avant l'ouverture ne fonde aucun choix
    Étant donné que le diagnostic est partagé le 31 janvier 2024, avec un constat sur la mobilité
    Et que le comité de pilotage décide : choix d'une priorité
    Quand la priorité « Navette » est choisie sur la mobilité
    Alors c'est refusé : « aucun ne l'est encore à cette date »
    Et c'est aussi refusé parce que : « n'a pas encore été croisé dans des forums »

  @R05 @refused
  Plan du Scénario: Les constats cités ne sont pas ceux du diagnostic
    Étant donné que le diagnostic est partagé le 14 mai 2024, avec un constat sur la mobilité
    Et qu'un forum sur la mobilité réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 5 juin 2024
    Et que le comité de pilotage décide : choix d'une priorité
    Quand la priorité « Navette » est choisie sur la mobilité, <constats>
    Alors c'est refusé : « chaque constat cité figure dans un diagnostic partagé de cette convention »

    Exemples:
      | constats                        |
      | sans citer de constat           |
      | en citant un constat d'ailleurs |

  @R05 @waived
  Scénario: Le comité accepte une priorité sans constat
    Étant donné que le diagnostic est partagé le 14 mai 2024, avec un constat sur la mobilité
    Et qu'un forum sur la mobilité réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 5 juin 2024
    Et que le comité de pilotage décide : dérogation motivée
    Et que le comité de pilotage dispense de citer les constats du diagnostic jusqu'au 31 décembre 2024
    Et que le comité de pilotage décide : choix d'une priorité
    Quand la priorité « Navette » est choisie sur la mobilité, sans citer de constat
    Alors c'est accepté par dérogation : « Une priorité cite au moins un constat »

  @R08 @refused
  Scénario: Le comité technique prépare, il ne choisit pas
    Étant donné que le diagnostic est partagé le 14 mai 2024, avec un constat sur la mobilité
    Et qu'un forum sur la mobilité réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 5 juin 2024
    Et que le comité technique décide : choix d'une priorité
    Quand la priorité « Navette » est choisie sur la mobilité
    Alors c'est refusé : « elle doit venir du comité de pilotage de ce territoire »

  Scénario: La décision du comité ne peut pas venir après le choix
    Étant donné que le diagnostic est partagé le 14 mai 2024, avec un constat sur la mobilité
    Et qu'un forum sur la mobilité réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 5 juin 2024
    Et que le comité de pilotage décide : choix d'une priorité, le 20 septembre 2024
    Quand la priorité « Navette » est choisie sur la mobilité, le 19 septembre 2024
    Alors c'est refusé : « ce qui est cité date du 20 septembre 2024, après cet acte, daté du 19 septembre 2024 »

  @R08 @refused
  Scénario: La décision citée parle d'autre chose
    Étant donné que le diagnostic est partagé le 14 mai 2024, avec un constat sur la mobilité
    Et qu'un forum sur la mobilité réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 5 juin 2024
    Et que le comité de pilotage décide : validation d'un bilan
    Quand la priorité « Navette » est choisie sur la mobilité
    Alors c'est refusé : « La décision citée est d'une autre nature : validation d'un bilan. Il faut ici : choix d'une priorité. »

  @R09 @notice
  Scénario: Deux priorités de même rang
    Étant donné que le diagnostic est partagé le 14 mai 2024, avec des constats sur la mobilité et la santé
    Et qu'un forum sur la mobilité et la santé réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 5 juin 2024
    Et que le comité de pilotage décide : choix d'une priorité
    Et que la priorité « Navette » est choisie sur la mobilité, au rang 1
    Quand la priorité « Maison de santé » est choisie sur la santé, au rang 1
    Alors c'est accepté, avec un signalement : « Une autre priorité porte déjà le rang 1 »

  @R08 @R09 @accepted
  Scénario: Le comité retire une priorité, et son rang est libre
    Étant donné que le diagnostic est partagé le 14 mai 2024, avec des constats sur la mobilité et la santé
    Et qu'un forum sur la mobilité et la santé réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 5 juin 2024
    Et que le comité de pilotage décide : choix d'une priorité
    Et que la priorité « Navette » est choisie sur la mobilité, au rang 1
    Et que le comité de pilotage décide : retrait d'une priorité
    Quand la priorité « Navette » est retirée
    Alors c'est accepté
    Étant donné que le comité de pilotage décide : choix d'une priorité
    Quand la priorité « Maison de santé » est choisie sur la santé, au rang 1
    Alors c'est accepté

  @R08 @refused
  Scénario: Une priorité ne se retire pas sans que le comité l'ait décidé
    Étant donné que le diagnostic est partagé le 14 mai 2024, avec un constat sur la mobilité
    Et qu'un forum sur la mobilité réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 5 juin 2024
    Et que le comité de pilotage décide : choix d'une priorité
    Et que la priorité « Navette » est choisie sur la mobilité
    Quand la priorité « Navette » est retirée
    Alors c'est refusé : « La décision citée est d'une autre nature : choix d'une priorité. Il faut ici : retrait d'une priorité. »

  Scénario: Une priorité retirée ne se retire ni ne se choisit une seconde fois
    Étant donné que le diagnostic est partagé le 14 mai 2024, avec un constat sur la mobilité
    Et qu'un forum sur la mobilité réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 5 juin 2024
    Et que le comité de pilotage décide : choix d'une priorité
    Et que la priorité « Navette » est choisie sur la mobilité
    Et que le comité de pilotage décide : retrait d'une priorité
    Et que la priorité « Navette » est retirée
    Quand la priorité « Navette » est retirée
    Alors c'est refusé : « C'est déjà enregistré »
    Étant donné que le comité de pilotage décide : choix d'une priorité
    Quand la priorité « Navette » est choisie sur la mobilité
    Alors c'est refusé : « C'est déjà enregistré »

  @D05 @D06
  Scénario: La dernière priorité retirée, il faut de nouveau en choisir
    Étant donné que le diagnostic est partagé le 14 mai 2024, avec un constat sur la mobilité
    Et qu'un forum sur la mobilité réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 5 juin 2024
    Et que le comité de pilotage décide : choix d'une priorité, le 2 juillet 2024
    Et que la priorité « Navette » est choisie sur la mobilité, le 2 juillet 2024
    Et l'échéance « choix des priorités » est tenue
    Et l'échéance « validation du plan d'actions » est fixée au 4 novembre 2024
    Et que le comité de pilotage décide : retrait d'une priorité
    Quand la priorité « Navette » est retirée
    Alors l'échéance « choix des priorités » est fixée au 2 décembre 2024
    Et l'échéance « choix des priorités » reste ouverte
    Et aucune échéance « validation du plan d'actions » n'est fixée

  @R11 @refused @accepted
  Scénario: Un plan qui servait une priorité retirée est à valider de nouveau, sans ses fiches
    Étant donné que le diagnostic est partagé le 14 mai 2024, avec des constats sur la mobilité et la santé
    Et qu'un forum sur la mobilité et la santé réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 5 juin 2024
    Et que le comité de pilotage décide : choix d'une priorité
    Et que la priorité « Navette » est choisie sur la mobilité
    Et que la priorité « Maison de santé » est choisie sur la santé
    Et que la fiche action « Navette du marché » est rédigée pour la priorité « Navette »
    Et que la fiche action « Consultations » est rédigée pour la priorité « Maison de santé »
    Et que le comité de pilotage décide : validation du plan d'actions
    Et que le plan d'actions est validé avec les fiches « Navette du marché » et « Consultations », sur le texte « Convention »
    Et que le comité de pilotage décide : retrait d'une priorité
    Et que la priorité « Navette » est retirée
    Et l'échéance « validation du plan d'actions » reste ouverte
    Et que le comité de pilotage décide : validation du plan d'actions
    Quand le plan d'actions est validé avec la fiche « Navette du marché », sur le texte « Convention »
    Alors c'est refusé : « Le plan reprend une fiche dont la priorité est retirée »
    Quand le plan d'actions est validé avec la fiche « Consultations », sur le texte « Version finale »
    Alors c'est accepté
    Et l'échéance « validation du plan d'actions » est tenue

  @R10 @accepted
  Scénario: Un diagnostic de moins de deux ans fonde un choix sans réserve
    Étant donné que nous sommes le 20 mai 2026
    Et que le diagnostic est partagé le 14 mai 2024, avec un constat sur la mobilité
    Et qu'un forum sur la mobilité réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 5 juin 2024
    Et que le comité de pilotage décide : choix d'une priorité, le 14 mai 2026
    Quand la priorité « Navette » est choisie sur la mobilité, le 14 mai 2026
    Alors c'est accepté

  @R10 @notice
  Scénario: Un diagnostic de plus de deux ans se dit quand on choisit
    Étant donné que nous sommes le 20 mai 2026
    Et que le diagnostic est partagé le 14 mai 2024, avec un constat sur la mobilité
    Et qu'un forum sur la mobilité réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 5 juin 2024
    Et que le comité de pilotage décide : choix d'une priorité, le 15 mai 2026
    Quand la priorité « Navette » est choisie sur la mobilité, le 15 mai 2026
    Alors c'est accepté, avec un signalement : « plus de 24 mois avant ce choix »
