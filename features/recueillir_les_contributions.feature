# language: fr
Fonctionnalité: Recueillir ce que les gens disent, et leur dire ce que c'est devenu
  Les habitants, les professionnels et les élus parlent dans les forums, aux permanences, par courrier. On garde ce qui est
  dit et par quel collège, jamais un nom. Chaque contribution nourrit un constat, une priorité ou une action, ou n'est pas
  retenue et l'on dit pourquoi ; puis on le redit à ceux qui l'ont portée.

  Contexte:
    Étant donné que nous sommes le 1er février 2024
    Et le territoire « Gascogne Toulousaine » et ses partenaires
    Et une convention ouverte du 1er janvier 2024 au 31 décembre 2028
    Et que nous sommes le 20 mai 2024
    Et que le diagnostic est partagé le 14 mai 2024, avec des constats sur la mobilité et la santé

  @accepted
  Scénario: Ce qu'un habitant dit à une permanence nourrit un constat, et on le lui redit
    Quand la contribution « Le dernier bus part avant la fin des cours » est notée : expertise d’usage, à une permanence
    Alors c'est accepté
    Et la contribution « Le dernier bus part avant la fin des cours » est « attend une réponse »
    Et 0 contribution sur 1 a une suite
    Quand la contribution « Le dernier bus part avant la fin des cours » est retenue pour le constat
    Alors c'est accepté
    Et la contribution « Le dernier bus part avant la fin des cours » est « à redire »
    Et 1 contribution sur 1 a une suite
    Quand la contribution « Le dernier bus part avant la fin des cours » est redite « aux jeunes du foyer »
    Alors c'est accepté
    Et la contribution « Le dernier bus part avant la fin des cours » est « redite »

  @refused
  Scénario: Une contribution n'est pas écartée sans raison
    Étant donné que la contribution « Une piscine olympique » est notée : expertise d’usage, dans un forum
    Quand la contribution « Une piscine olympique » n'est pas retenue
    Alors c'est refusé : « pour une raison »
    Quand la contribution « Une piscine olympique » n'est pas retenue, parce que « Le bassin voisin ouvre en 2025. »
    Alors c'est accepté
    Et la contribution « Une piscine olympique » est « à redire »

  @refused
  Scénario: Une contribution n'est pas retenue pour rien
    Étant donné que la contribution « Des horaires plus larges » est notée : expertise technique, dans un entretien
    Quand la contribution « Des horaires plus larges » est retenue sans dire pour quoi
    Alors c'est refusé : « nourrit quelque chose »
    Et la contribution « Des horaires plus larges » est « attend une réponse »

  @refused
  Scénario: On ne redit que ce qui a une suite
    Étant donné que la contribution « Des horaires plus larges » est notée : expertise technique, dans un entretien
    Quand la contribution « Des horaires plus larges » est redite « aux agents d'accueil »
    Alors c'est refusé : « n’a pas encore de suite »

  @accepted
  Scénario: Une nouvelle suite est à redire à son tour
    Étant donné que la contribution « Un relais itinérant » est notée : dimension politique, par courrier ou courriel
    Et que la contribution « Un relais itinérant » n'est pas retenue, parce que « Rien ne le finance. »
    Et que la contribution « Un relais itinérant » est redite « au conseil municipal »
    Quand la contribution « Un relais itinérant » est retenue pour le constat
    Alors c'est accepté
    Et la contribution « Un relais itinérant » est « à redire »

  @refused
  Scénario: Ce qui est cité existe
    Quand la contribution « Le silence du soir » est notée sur un thème inconnu
    Alors c'est refusé : « n’existe pas ici »

  @R33 @refused
  Scénario: Un partenaire ne dit pas à la place du pilote ce qu'une contribution devient
    Étant donné que chaque rôle est tenu, sur le territoire comme dans le département
    Et que la contribution « Des horaires plus larges » est notée : expertise technique, dans un entretien
    Et que c'est la Caf qui écrit
    Quand la contribution « Des horaires plus larges » n'est pas retenue, parce que « Trop cher. »
    Alors c'est refusé : « Votre rôle ne permet pas cet acte ici »

  Scénario: Une contribution sans réponse après le délai de la méthode est un silence, qui se voit
    Étant donné que la contribution « Le dernier bus part avant la fin des cours » est notée : expertise d’usage, à une permanence
    Et que nous sommes le 19 août 2024
    Alors la contribution « Le dernier bus part avant la fin des cours » est « attend une réponse »
    Étant donné que nous sommes le 20 août 2024
    Alors la contribution « Le dernier bus part avant la fin des cours » est « sans réponse depuis trop longtemps »
