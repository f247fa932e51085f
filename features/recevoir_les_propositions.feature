# language: fr
Fonctionnalité: Recevoir les propositions de chacun, et y répondre
  N'importe qui peut proposer quelque chose à son territoire, sans compte et sans dire son nom, quand le territoire a ouvert
  son formulaire. Aucune proposition ne se perd : elle nourrit un constat, une priorité ou une action, en rejoint une autre,
  ou n'est pas retenue et l'on dit pourquoi.

  Contexte:
    Étant donné que nous sommes le 1er février 2024
    Et le territoire « Gascogne Toulousaine » et ses partenaires
    Et une convention ouverte du 1er janvier 2024 au 31 décembre 2028
    Et que nous sommes le 20 mai 2024
    Et que le diagnostic est partagé le 14 mai 2024, avec des constats sur la mobilité et la santé

  @refused
  Scénario: Le formulaire est fermé tant que le territoire ne l'a pas ouvert
    Quand une personne sans compte propose « La ludothèque le samedi »
    Alors c'est refusé : « n’est pas ouvert »

  @accepted
  Scénario: Une proposition d'habitant nourrit un constat
    Étant donné que le formulaire public est ouvert
    Quand une personne sans compte propose « La ludothèque le samedi »
    Alors c'est accepté
    Et la proposition « La ludothèque le samedi » est « attend une réponse »
    Quand la proposition « La ludothèque le samedi » est retenue pour le constat
    Alors c'est accepté
    Et la proposition « La ludothèque le samedi » est « retenue »

  @refused
  Scénario: Une proposition n'est pas écartée sans raison, ni retenue pour rien
    Étant donné que la proposition « Un téléphérique » est notée par le pilote
    Quand la proposition « Un téléphérique » n'est pas retenue
    Alors c'est refusé : « pour une raison »
    Quand la proposition « Un téléphérique » est retenue sans dire pour quoi
    Alors c'est refusé : « nourrit quelque chose »
    Quand la proposition « Un téléphérique » n'est pas retenue, parce que « Le relief n'en demande pas. »
    Alors c'est accepté
    Et la proposition « Un téléphérique » est « non retenue »

  @refused
  Scénario: Une proposition en rejoint une autre, jamais elle-même
    Étant donné que la proposition « Un bus le soir » est notée par le pilote
    Et que la proposition « Un car après 19 heures » est notée par le pilote
    Quand la proposition « Un bus le soir » rejoint « Un bus le soir »
    Alors c'est refusé : « n’est pas elle-même »
    Quand la proposition « Un bus le soir » rejoint « Un car après 19 heures »
    Alors c'est accepté
    Et la proposition « Un bus le soir » est « jointe à une autre »

  @refused
  Scénario: Le formulaire s'ouvre une fois, se ferme, et rien de ce qui est venu ne se perd
    Étant donné que le formulaire public est ouvert
    Et qu'une personne sans compte propose « La ludothèque le samedi »
    Quand le formulaire public est ouvert
    Alors c'est refusé : « est ouvert depuis »
    Quand le formulaire public est fermé
    Alors c'est accepté
    Et la proposition « La ludothèque le samedi » est « attend une réponse »
    Quand une personne sans compte propose « Encore une idée »
    Alors c'est refusé : « n’est pas ouvert »
    Quand le formulaire public est fermé
    Alors c'est refusé : « n’est pas ouvert »
