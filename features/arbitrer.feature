# language: fr
Fonctionnalité: Arbitrer entre des possibilités
  Un arbitrage est une décision dite avec ce que l'on pouvait choisir : ce qui parlait pour et contre, ce que cela coûtait, qui
  le défendait, ce qui est retenu et pourquoi. Ce qui est écarté n'est jamais perdu de vue.

  Contexte:
    Étant donné que nous sommes le 8 janvier 2024
    Et le territoire « Gascogne Toulousaine » et ses partenaires
    Et une convention ouverte du 1er janvier 2024 au 31 décembre 2028

  Scénario: Un arbitrage est une décision, avec ce qui était écarté
    Étant donné que le comité de pilotage se réunit sans rien décider
    Quand le comité de pilotage arbitre « Où ouvrir ? » entre « À Samatan » et « À Lombez », et retient la première
    Alors c'est accepté
    Et l'arbitrage « Où ouvrir ? » retient 1 possibilité sur 2
    Et 0 décision sur 1 est tenue

  Scénario: On n'arbitre pas sans rien à choisir
    Étant donné que le comité de pilotage se réunit sans rien décider
    Quand le comité de pilotage arbitre « Où ouvrir ? » entre « À Samatan », et retient la première
    Alors c'est refusé : « deux possibilités au moins »

  Scénario: Ce qui est retenu est désigné
    Étant donné que le comité de pilotage se réunit sans rien décider
    Quand le comité de pilotage arbitre « Où ouvrir ? » entre « À Samatan » et « À Lombez », et retient la troisième
    Alors c'est refusé : « On ne sait pas laquelle »
    Quand le comité de pilotage arbitre « Où ouvrir ? » entre « À Samatan » et « À Lombez », sans dire laquelle
    Alors c'est refusé : « On ne sait pas laquelle »

  Scénario: Une décision déjà prise porte l'arbitrage qui y a mené, une seule fois
    Étant donné que le comité de pilotage décide de « Ouvrir une salle à Samatan »
    Quand la décision « Ouvrir une salle à Samatan » est dite arbitrée entre « À Samatan » et « À Lombez »
    Alors c'est accepté
    Et 0 décision sur 1 est tenue
    Quand la décision « Ouvrir une salle à Samatan » est dite arbitrée entre « À Samatan » et « À Lombez »
    Alors c'est refusé : « déjà dit »

  Scénario: Un choix reporté revient à l'ordre du jour, et l'arbitrage rouvert cite le premier
    Étant donné que le comité de pilotage se réunit sans rien décider
    Quand le comité de pilotage arbitre « Où ouvrir ? » entre « À Samatan » et « À Lombez », et reporte le choix
    Alors c'est accepté
    Étant donné que nous sommes le 4 mars 2024
    Alors la décision de l'arbitrage « Où ouvrir ? » se lit « vieillit »
    Étant donné que le comité de pilotage se réunit sans rien décider
    Quand le comité de pilotage rouvre l'arbitrage « Où ouvrir ? », et retient la deuxième
    Alors c'est accepté
    Et la décision de l'arbitrage « Où ouvrir ? » se lit « remplacée »
    Et l'arbitrage « Où ouvrir ? » est rouvert
    Étant donné que nous sommes le 5 mars 2024
    Et que le comité de pilotage se réunit sans rien décider
    Quand le comité de pilotage rouvre l'arbitrage « Où ouvrir ? », et retient la première
    Alors c'est refusé : « déjà rouvert »

  Scénario: Un arbitrage règle ce qui existe
    Étant donné que le comité de pilotage se réunit sans rien décider
    Quand le comité de pilotage arbitre « Où ouvrir ? » pour une priorité inconnue
    Alors c'est refusé : « n'existe pas ici »

  Scénario: Un groupe ne rouvre pas ce que le comité de pilotage a arbitré
    Étant donné que le comité de pilotage se réunit sans rien décider
    Quand le comité de pilotage arbitre « Où ouvrir ? » entre « À Samatan » et « À Lombez », et retient la première
    Alors c'est accepté
    Étant donné que le comité technique se réunit sans rien décider
    Quand le comité technique rouvre l'arbitrage « Où ouvrir ? », et retient la deuxième
    Alors c'est refusé : « comité de pilotage »
