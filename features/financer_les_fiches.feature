# language: fr
Fonctionnalité: Financer les fiches, et compter chaque euro une fois
  Une fiche dit ce dont elle a besoin, année par année, et qui l'apporte : demandé, promis, ferme ou versé.
  Une ligne est l'argent d'un partenaire pour une année ; chaque versement s'y ajoute, et chaque révision dit pourquoi.

  Contexte:
    Étant donné que nous sommes le 1er février 2024
    Et le territoire « Gascogne Toulousaine » et ses partenaires
    Et une convention ouverte du 1er janvier 2025 au 31 décembre 2029
    Et que nous sommes le 30 septembre 2024
    Et que le diagnostic est partagé le 14 mai 2024, avec un constat sur la mobilité
    Et qu'un forum sur la mobilité réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 5 juin 2024
    Et que le comité de pilotage décide : choix d'une priorité
    Et que la priorité « Navette » est choisie sur la mobilité
    Et que la fiche action « Navette du marché » est rédigée pour la priorité « Navette »

  Scénario: Un besoin, deux financeurs, et ce qui manque
    Quand la fiche « Navette du marché » est chiffrée : 30 000 € en 2025 et 40 000 € en 2026
    Alors c'est accepté
    Quand la Caf apporte 12 500,50 € en 2025, ferme, à « Navette du marché »
    Alors c'est accepté
    Quand la MSA apporte 10 000 € en 2026, demandé, à « Navette du marché »
    Alors c'est accepté
    Et l'argent se compte ainsi :
      | besoin | demandé | promis | ferme     | versé | manque    |
      | 70 000 | 10 000  | 0      | 12 500,50 | 0     | 57 499,50 |
    Quand la fiche « Navette du marché » est chiffrée : 30 000 € en 2025 et 40 000 € en 2026
    Alors c'est refusé : « La fiche dit déjà cela »

  Scénario: Un versement fait passer l'argent de ferme à versé, sans le compter deux fois
    Étant donné que la Caf apporte 12 000 € en 2024, ferme, à « Navette du marché »
    Quand la Caf verse 5 000 € de 2024 à « Navette du marché »
    Alors c'est accepté
    Et l'argent se compte ainsi :
      | besoin | demandé | promis | ferme | versé | manque |
      | 0      | 0       | 0      | 7 000 | 5 000 | 0      |
    Quand la Caf verse 8 000 € de 2024 à « Navette du marché »
    Alors c'est accepté, avec un signalement : « 13 000 € sont versés d'une ligne de 12 000 € »
    Quand la Caf verse 10 € de 2026 à « Navette du marché »
    Alors c'est refusé : « ce qui est indiqué n'existe pas ici »

  Scénario: Une ligne est révisée avec sa raison, jamais sous ce qui est versé
    Étant donné que la Caf apporte 12 000 € en 2024, promis, à « Navette du marché »
    Quand la ligne de la Caf en 2024 à « Navette du marché » devient 9 000 €, ferme, parce que « Le budget est voté. »
    Alors c'est accepté
    Étant donné que la Caf verse 5 000 € de 2024 à « Navette du marché »
    Quand la ligne de la Caf en 2024 à « Navette du marché » devient 4 000 €, ferme, parce que « Une erreur. »
    Alors c'est refusé : « 5 000 € de cette ligne sont déjà versés »
    Et l'argent se compte ainsi :
      | besoin | demandé | promis | ferme | versé | manque |
      | 0      | 0       | 0      | 4 000 | 5 000 | 0      |

  Scénario: La même ligne écrite deux fois se dit
    Étant donné que la Caf apporte 12 000 € en 2024, promis, à « Navette du marché »
    Quand la Caf apporte 12 000 € en 2024, ferme, à « Navette du marché », encore
    Alors c'est accepté, avec un signalement : « c'est peut-être le même argent »

  Scénario: L'argent promis au plan entier se compte avec celui des fiches
    Étant donné que la Caf apporte 12 000 € en 2025, ferme, à « Navette du marché »
    Et que la MSA promet « Une enveloppe » : argent, possible, soit 8 000 € en 2025
    Et que la MSA livre une part de « Une enveloppe », 3 000 € pour 2025, sur pièce
    Alors l'argent se compte ainsi :
      | besoin | demandé | promis | ferme  | versé | manque |
      | 0      | 0       | 5 000  | 12 000 | 3 000 | 0      |

  Scénario: Deux certitudes, un versement de trop, une année hors convention et une fiche abandonnée se comptent à la main
    Étant donné que la fiche « Navette du marché » est chiffrée : 30 000 € en 2025 et 40 000 € en 2026
    Et que la Caf apporte 12 000 € en 2025, ferme, à « Navette du marché »
    Et que la Caf verse 13 000 € de 2025 à « Navette du marché »
    Et que la Caf apporte 5 000 € en 2025, promis, à « Navette du marché », encore
    Et que la MSA apporte 10 000 € en 2031, promis, à « Navette du marché »
    Et que l'intercommunalité apporte 2 000 € en 2026, versé, à « Navette du marché »
    Et que la fiche action « Garage solidaire » est rédigée pour la priorité « Navette »
    Et que la fiche « Garage solidaire » est chiffrée : 8 000 € en 2025
    Et que la MSA apporte 6 000 € en 2025, ferme, à « Garage solidaire »
    Et que la MSA verse 1 000 € de 2025 à « Garage solidaire »
    Et que l'acte « Abandonner une action » est fait sur la fiche « Garage solidaire », en disant :
      | Pourquoi | Aucun local n'est libre. |
    Alors l'argent se compte ainsi :
      | besoin | demandé | promis | ferme | versé  | manque |
      | 70 000 | 0       | 15 000 | 0     | 16 000 | 50 000 |

  Scénario: Une fiche reportée garde son besoin et son argent, année par année
    Étant donné que la fiche « Navette du marché » est chiffrée : 30 000 € en 2025
    Et que la Caf apporte 12 000 € en 2025, ferme, à « Navette du marché »
    Et que l'acte « Reporter une action » est fait sur la fiche « Navette du marché », en disant :
      | Début    | 1er mars 2026            |
      | Fin      | 31 décembre 2027         |
      | Pourquoi | Le conducteur est parti. |
    Alors l'argent se compte ainsi :
      | besoin | demandé | promis | ferme  | versé | manque |
      | 30 000 | 0       | 0      | 12 000 | 0     | 18 000 |

  @R33 @refused
  Scénario: Un partenaire n'écrit que son propre argent
    Étant donné que la Caf apporte 12 000 € en 2025, ferme, à « Navette du marché »
    Et que c'est la MSA qui écrit
    Quand la Caf apporte 1 000 € en 2026, ferme, à « Navette du marché »
    Alors c'est refusé : « Votre rôle ne permet pas cet acte ici »
    Quand la Caf verse 500 € de 2025 à « Navette du marché »
    Alors c'est refusé : « Votre rôle ne permet pas cet acte ici »
    Quand la MSA apporte 1 000 € en 2026, ferme, à « Navette du marché »
    Alors c'est accepté

  Scénario: Les places soutenues disent ce que vaut la couverture
    Quand la Caf soutient 20 « places de crèche »
    Alors c'est accepté
    Et 0 € par an dépendent de la couverture, et 52 000 € ne sont pas ouverts
    Quand la Caf soutient 20 « places de crèche »
    Alors c'est refusé : « C'est déjà enregistré »
    Quand la Caf soutient 30 « places de crèche »
    Alors c'est accepté
    Et 0 € par an dépendent de la couverture, et 78 000 € ne sont pas ouverts
