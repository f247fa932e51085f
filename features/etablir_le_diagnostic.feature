# language: fr
Fonctionnalité: Établir le diagnostic sur ce que chacun sait
  Une donnée se demande une fois à un partenaire : ce qu'il a transmis ressert, ce qu'il promet s'attend jusqu'à son jour,
  ce qu'il refuse dit pourquoi. Rien n'est nominatif.

  Contexte:
    Étant donné que nous sommes le 8 janvier 2024
    Et le territoire « Gascogne Toulousaine » et ses partenaires
    Et que chaque rôle est tenu, sur le territoire comme dans le département
    Et une convention ouverte du 1er janvier 2025 au 31 décembre 2029

  @accepted
  Scénario: Une donnée est demandée, promise plus tard, puis reçue
    Quand la donnée « Places d'accueil par commune » est demandée à la Caf sur la petite enfance, 2021 à 2023, pour le 1er mars 2024
    Alors c'est accepté
    Et la donnée « Places d'accueil par commune » est dite « attendue »
    Étant donné que nous sommes le 4 mars 2024
    Alors la donnée « Places d'accueil par commune » est dite « en retard »
    Quand la Caf promet la donnée « Places d'accueil par commune » pour le 29 mars 2024
    Alors c'est accepté
    Et la donnée « Places d'accueil par commune » est dite « promise »
    Étant donné que nous sommes le 2 avril 2024
    Alors la donnée « Places d'accueil par commune » est dite « en retard »
    Quand la donnée « Places d'accueil par commune » est reçue le 2 avril 2024, sur pièce
    Alors c'est accepté
    Et la donnée « Places d'accueil par commune » est dite « reçue »

  @refused
  Scénario: Ce qui a été reçu ne se redemande pas, et ressert
    Étant donné que la donnée « Places d'accueil par commune » est demandée à la Caf sur la petite enfance, 2021 à 2023, pour le 1er mars 2024
    Et que nous sommes le 5 février 2024
    Et que la donnée « Places d'accueil par commune » est reçue le 2 février 2024, sur pièce
    Quand la donnée « Places en crèche » est demandée à la Caf sur la petite enfance, 2023 à 2024, pour le 1er juin 2024
    Alors c'est refusé : « a déjà transmis une donnée sur ce thème »
    Quand la donnée « Places d'accueil par commune » ressert pour « L'analyse des besoins sociaux »
    Alors c'est accepté
    Et la donnée « Places d'accueil par commune » a resservi 1 fois
    Quand la donnée « Places en crèche » est demandée à la Caf sur la petite enfance, 2023 à 2024, pour le 1er juin 2024, en plus : « L'année 2024 »
    Alors c'est accepté

  @refused
  Scénario: Ce qui est attendu ne se demande pas deux fois ; un autre thème, d'autres années, un autre partenaire, si
    Étant donné que la donnée « Revenus » est demandée à la MSA sur le logement, 2022 à 2023, pour le 1er mars 2024
    Quand la donnée « Ressources des ménages » est demandée à la MSA sur le logement, 2023 à 2023, pour le 1er avril 2024
    Alors c'est refusé : « est déjà sollicité sur ce thème »
    Quand la donnée « Ressources des ménages » est demandée à la MSA sur le logement, 2020 à 2021, pour le 1er avril 2024
    Alors c'est accepté
    Quand la donnée « Ressources vues de la Caf » est demandée à la Caf sur le logement, 2022 à 2023, pour le 1er avril 2024
    Alors c'est accepté

  @refused
  Scénario: Un refus dit pourquoi, clôt l'attente, et peut changer
    Étant donné que la donnée « Impayés de loyer » est demandée à la Caf sur le logement, 2023 à 2023, pour le 1er mars 2024
    Quand la Caf refuse la donnée « Impayés de loyer », parce que « L'extraction n'est pas prévue cette année. »
    Alors c'est accepté
    Et la donnée « Impayés de loyer » est dite « refusée »
    Quand la Caf promet la donnée « Impayés de loyer » pour le 29 mars 2024
    Alors c'est refusé : « a déjà répondu le 8 janvier 2024 »
    Quand la donnée « Impayés de loyer » ressert pour « Le bilan »
    Alors c'est refusé : « n'a pas été reçue »
    Étant donné que nous sommes le 3 mai 2024
    Quand la donnée « Impayés de loyer » est reçue le 3 mai 2024, sur pièce
    Alors c'est accepté

  @R32 @refused
  Scénario: Une donnée qui ferait reconnaître des personnes ne se reçoit pas
    Étant donné que la donnée « Foyers bénéficiaires » est demandée à la Caf sur l'accès aux droits, 2023 à 2023, pour le 1er mars 2024
    Quand la donnée « Foyers bénéficiaires » est reçue le 8 janvier 2024, sur pièce, la plus petite case comptant 2 personnes
    Alors c'est refusé : « trop peu de personnes »
    Quand la donnée « Foyers bénéficiaires » est reçue le 8 janvier 2024, sur pièce, la plus petite case comptant 40 personnes
    Alors c'est accepté

  @accepted
  Scénario: Une donnée reçue sans document le dit
    Étant donné que la donnée « Horaires des accueils » est demandée à l'intercommunalité sur la petite enfance, 2024 à 2024, pour le 1er mars 2024
    Quand la donnée « Horaires des accueils » est reçue le 8 janvier 2024
    Alors c'est accepté, avec un signalement : « Aucun document ne garde cette donnée »
    Quand la donnée « Horaires des accueils » est reçue le 8 janvier 2024
    Alors c'est refusé : « a déjà transmis une donnée »

  @accepted
  Scénario: Un diagnostic à plusieurs, dont on sait qui a apporté quoi
    Étant donné que le diagnostic « Besoins sociaux » est engagé par la Caf et l'intercommunalité
    Et que la Caf apporte le constat « Peu de places pour les bébés » sur la petite enfance, montré par des chiffres de 2023 : « Observatoire de la petite enfance »
    Et que la MSA apporte le constat « Des trajets longs » sur la mobilité, montré par des paroles et observations de 2023 : « Entretiens avec les familles »
    Et que l'intercommunalité ajoute au constat « Peu de places pour les bébés » une preuve de 2024 : « Liste d'attente de la crèche »
    Quand la version du diagnostic « Besoins sociaux » est publiée avec « Peu de places pour les bébés » et « Des trajets longs »
    Alors c'est accepté
    Et la version 1 du diagnostic « Besoins sociaux » tient 2 constats, dont la Caf en apporte 1, l'intercommunalité 1 et la MSA 1

  @accepted
  Scénario: Le même constat sert à deux diagnostics
    Étant donné que le diagnostic « Besoins sociaux » est engagé par la Caf et l'intercommunalité
    Et que le diagnostic « Schéma des services aux familles » est engagé par la Caf et la MSA
    Et que la Caf apporte le constat « Peu de places pour les bébés » sur la petite enfance, montré par des chiffres de 2023 : « Observatoire de la petite enfance »
    Et que la version du diagnostic « Besoins sociaux » est publiée avec « Peu de places pour les bébés »
    Quand la version du diagnostic « Schéma des services aux familles » est publiée avec « Peu de places pour les bébés »
    Alors c'est accepté
    Et le constat « Peu de places pour les bébés » sert à 2 diagnostics

  @refused
  Scénario: Une version dit quelque chose de nouveau, et ne tient que des constats enregistrés
    Étant donné que le diagnostic « Besoins sociaux » est engagé par la Caf et l'intercommunalité
    Quand la version du diagnostic « Besoins sociaux » est publiée avec « Un ouï-dire »
    Alors c'est refusé : « n'existe pas »
    Étant donné que la Caf apporte le constat « Des trajets longs » sur la mobilité, montré par des chiffres de 2023 : « Enquête transports »
    Et que la version du diagnostic « Besoins sociaux » est publiée avec « Des trajets longs »
    Quand la version du diagnostic « Besoins sociaux » est publiée avec « Des trajets longs »
    Alors c'est refusé : « tient déjà ces constats »

  @R32 @refused
  Scénario: Quelques personnes interrogées ne font pas une preuve
    Quand la Caf apporte le constat « Des impayés » sur le logement, montré par des chiffres de 2023 : « Enquête logement », auprès de 2 personnes
    Alors c'est refusé : « trop peu de personnes »
    Quand la Caf apporte le constat « Des impayés » sur le logement, montré par des chiffres de 2023 : « Enquête logement », auprès de 120 personnes
    Alors c'est accepté

  @accepted
  Scénario: Un constat partagé mène quelque part, ou le silence se voit
    Étant donné que nous sommes le 6 février 2024
    Et que le diagnostic est partagé le 5 février 2024, avec des constats sur la mobilité et la parentalité
    Alors le constat sur la mobilité est dit « attend une réponse »
    Étant donné qu'un forum sur la mobilité réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 6 février 2024
    Alors le constat sur la mobilité est dit « discuté en forum »
    Et le constat sur la parentalité est dit « attend une réponse »
    Étant donné que nous sommes le 6 février 2025
    Alors le constat sur la parentalité est dit « sans suite »
    Et le constat sur la mobilité est dit « sans suite »

  @accepted
  Scénario: Un diagnostic qui ne mène à rien se voit, jusqu'à ce qu'un de ses constats soit repris
    Étant donné que le diagnostic « Besoins sociaux » est engagé par la Caf et la MSA
    Et que la Caf apporte le constat « Des trajets longs » sur la mobilité, montré par des chiffres de 2023 : « Enquête transports »
    Et que nous sommes le 5 février 2024
    Et que la version du diagnostic « Besoins sociaux » est publiée avec « Des trajets longs »
    Et que le diagnostic « Besoins sociaux » est partagé le 5 février 2024
    Alors le diagnostic « Besoins sociaux » a pu mener quelque part
    Étant donné que nous sommes le 6 février 2025
    Alors le diagnostic « Besoins sociaux » n'a mené à rien

  @accepted
  Scénario: Une version qui tient plus de constats que la méthode n'en fait lire le dit
    Étant donné que la version 2 de la méthode attend au plus 1 constat par version
    Et que la convention passe de la version 1 à la version 2 de la méthode
    Et que le diagnostic « Besoins sociaux » est engagé par la Caf et la MSA
    Et que la Caf apporte le constat « Peu de places pour les bébés » sur la petite enfance, montré par des chiffres de 2023 : « Observatoire de la petite enfance »
    Et que la MSA apporte le constat « Des trajets longs » sur la mobilité, montré par des paroles et observations de 2023 : « Entretiens avec les familles »
    Quand la version du diagnostic « Besoins sociaux » est publiée avec « Peu de places pour les bébés » et « Des trajets longs »
    Alors c'est accepté, avec un signalement : « La version tient 2 constats »
    Quand la version du diagnostic « Besoins sociaux » est publiée avec « Des trajets longs »
    Alors c'est accepté

  @accepted
  Scénario: Un constat partagé garde son thème et sa nature, ou l'on dit qu'il a changé
    Étant donné que nous sommes le 20 mai 2024
    Et que le diagnostic est partagé le 14 mai 2024, avec un constat sur la mobilité
    Quand le constat sur la mobilité est partagé de nouveau, sur le logement
    Alors c'est accepté, avec un signalement : « autrement que la première fois »
    Quand le constat sur la mobilité est partagé de nouveau, sur la mobilité
    Alors c'est accepté
