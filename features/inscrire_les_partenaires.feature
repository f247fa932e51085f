# language: fr
Fonctionnalité: Inscrire les partenaires, chacun une fois
  Un partenaire est une institution, jamais une personne. Inscrite deux fois, elle attendrait deux signatures et
  tiendrait deux listes de rôles : son SIREN n'est inscrit qu'une fois, et deux inscriptions qui se révèlent n'en être
  qu'une se réunissent, sans rien réécrire.

  Contexte:
    Étant donné que nous sommes le 1er février 2024
    Et le territoire « Gascogne Toulousaine » et ses partenaires

  Scénario: Un SIREN désigne une seule institution
    Quand « CIAS du Val » est inscrit sous le SIREN 243 200 391
    Alors c'est accepté
    Quand « Centre social du Val » est inscrit sous le SIREN 243200391
    Alors c'est refusé : « Le SIREN 243200391 est déjà celui d'un partenaire inscrit : CIAS du Val. »

  Scénario: Une inscription annulée libère son SIREN
    Étant donné que « CIAS du Val » est inscrit sous le SIREN 243 200 391
    Quand l'inscription de « CIAS du Val » est annulée
    Alors c'est accepté
    Quand « Centre social du Val » est inscrit sous le SIREN 243200391
    Alors c'est accepté

  Scénario: Le même nom, écrit autrement, est signalé
    Étant donné que « CIAS du Bas-Armagnac » est inscrit sans SIREN
    Quand « Centre intercommunal d'action sociale du bas armagnac » est inscrit sans SIREN
    Alors c'est accepté, avec un signalement : « Un partenaire est déjà inscrit sous ce nom : CIAS du Bas-Armagnac. »

  Scénario: Une institution inscrite deux fois n'est attendue qu'une fois
    Étant donné une convention ouverte du 1er janvier 2025 au 31 décembre 2029, où la Caf est inscrite deux fois
    Quand les deux inscriptions de la Caf sont réunies
    Alors c'est accepté, avec un signalement : « l'institution y signe une fois »
    Quand les deux inscriptions de la Caf sont réunies
    Alors c'est refusé : « Ce partenaire est déjà réuni à un autre, qui répond pour lui »

  Scénario: Une réunion faite par erreur s'annule
    Étant donné une convention ouverte du 1er janvier 2025 au 31 décembre 2029, où la Caf est inscrite deux fois
    Et que les deux inscriptions de la Caf sont réunies
    Quand la réunion des deux inscriptions est annulée
    Alors c'est accepté
    Quand les deux inscriptions de la Caf sont réunies
    Alors c'est accepté

  Scénario: Deux SIREN ne font pas une institution
    Étant donné que « CIAS du Val » est inscrit sous le SIREN 243 200 391
    Et que « CIAS de la Ténarèze » est inscrit sous le SIREN 200 066 926
    Quand « CIAS du Val » et « CIAS de la Ténarèze » sont réunis
    Alors c'est refusé : « Deux SIREN différents désignent deux institutions »

  Scénario: Deux natures ne font pas une institution
    Étant donné que « Caf du Val » est inscrite sans SIREN
    Quand « Caf du Val » et « la Caf » sont réunis
    Alors c'est refusé : « un mandat n'y a pas la même forme »

  @R33 @refused
  Scénario: Qui ne suit pas le territoire ne réunit pas ses partenaires
    Étant donné que chaque rôle est tenu, sur le territoire comme dans le département
    Et un autre territoire, « Val de Save »
    Et une convention de « Val de Save » ouverte du 1er janvier 2025 au 31 décembre 2029, où la Caf est inscrite deux fois
    Quand le pilote de la convention-cadre réunit les deux inscriptions de la Caf
    Alors c'est refusé : « que vos rôles n'atteignent pas »
