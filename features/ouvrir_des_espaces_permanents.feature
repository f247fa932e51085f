# language: fr
Fonctionnalité: Entendre les gens là où ils se réunissent déjà
  Conseils de quartier, habitants d'un centre social, conseils d'usagers ou de parents, groupes de travail : un territoire ouvre
  des espaces permanents et dit à quels moments ils prennent part. Leurs réunions se comptent par collège, jamais par nom ; ce qui
  s'y dit a une suite. Un groupe qui décide est une instance : ses réunions se tiennent là, et ici on compte qui est venu.

  Contexte:
    Étant donné que nous sommes le 1er février 2024
    Et le territoire « Gascogne Toulousaine » et ses partenaires
    Et une convention ouverte du 1er janvier 2024 au 31 décembre 2028
    Et que nous sommes le 20 mai 2024
    Et que le diagnostic est partagé le 14 mai 2024, avec des constats sur la mobilité et la santé

  @accepted
  Scénario: Ce qui se dit au centre social mène quelque part, et l'espace le montre
    Quand l'espace permanent « Les habitants du Lien » est ouvert : habitants d’un centre social, tous les 3 mois
    Alors c'est accepté
    Et l'espace permanent « Les habitants du Lien » est « ouvert »
    Quand l'espace permanent « Les habitants du Lien » se réunit : 14 habitants, 2 professionnels, 1 élu
    Alors c'est accepté
    Et 14 habitants ont été entendus pendant le diagnostic
    Et personne n'a été entendu pendant un bilan
    Quand la contribution « Le dernier bus part avant la fin des cours » vient de l'espace permanent « Les habitants du Lien »
    Alors c'est accepté
    Et 0 contribution de l'espace permanent « Les habitants du Lien » sur 1 a une suite
    Quand la contribution « Le dernier bus part avant la fin des cours » est retenue pour le constat
    Alors c'est accepté
    Et 1 contribution de l'espace permanent « Les habitants du Lien » sur 1 a une suite
    Et 14 habitants ont été entendus pendant le diagnostic

  @accepted
  Scénario: Un espace qui ne se réunit plus à son rythme se voit, puis se ferme avec sa raison
    Étant donné que l'espace permanent « Le conseil des parents » est ouvert : conseil de parents, tous les 3 mois
    Et que nous sommes le 1er octobre 2024
    Alors l'espace permanent « Le conseil des parents » est « pas réuni à son rythme »
    Quand l'espace permanent « Le conseil des parents » est fermé, parce que « La crèche a fermé. »
    Alors c'est accepté
    Et l'espace permanent « Le conseil des parents » est « fermé »
    Quand l'espace permanent « Le conseil des parents » est fermé, parce que « Une seconde fois. »
    Alors c'est refusé : « fermé depuis le »
    Étant donné que nous sommes le 2 octobre 2024
    Quand l'espace permanent « Le conseil des parents » se réunit : 3 habitants, 0 professionnel, 0 élu
    Alors c'est accepté, avec un signalement : « était fermé »

  @refused
  Scénario: On ne note rien d'un espace que personne n'a ouvert
    Étant donné que l'espace permanent « Le conseil des parents » est ouvert : conseil de parents
    Quand l'espace permanent « Le conseil des jeunes » se réunit : 14 habitants, 2 professionnels, 1 élu
    Alors c'est refusé : « n’existe pas ici »
    Quand la contribution « Un terrain » vient de l'espace permanent « Le conseil des jeunes »
    Alors c'est refusé : « n’existe pas ici »
    Quand l'espace permanent « Le conseil des parents » est ouvert : conseil de parents
    Alors c'est refusé : « déjà enregistré »

  @accepted
  Scénario: Un groupe de travail qui décide se réunit comme instance
    Étant donné que l'espace permanent « Le groupe mobilité » est ouvert : groupe de travail, qui est aussi une instance
    Quand l'espace permanent « Le groupe mobilité » se réunit : 5 habitants, 4 professionnels, 1 élu
    Alors c'est accepté, avec un signalement : « aucune réunion de ce jour »
    Quand l'instance du groupe se réunit
    Et l'espace permanent « Le groupe mobilité » se réunit encore : 6 habitants, 4 professionnels, 1 élu
    Alors c'est accepté
    Et 11 habitants ont été entendus pendant le diagnostic
