# language: fr
Fonctionnalité: Reprendre un tableau existant
  Chaque territoire tient déjà son plan dans un tableau. Ses lignes sûres deviennent des fiches ; ce qui est douteux est demandé,
  jamais deviné ; ce que personne ne saurait lire est refusé, avec sa raison.

  Contexte:
    Étant donné que nous sommes le 1er février 2024
    Et le territoire « Gascogne Toulousaine » et ses partenaires
    Et une convention ouverte du 1er janvier 2025 au 31 décembre 2029
    Et que nous sommes le 30 septembre 2024
    Et que le diagnostic est partagé le 14 mai 2024, avec un constat sur la mobilité
    Et qu'un forum sur la mobilité réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 5 juin 2024
    Et que le comité de pilotage décide : choix d'une priorité
    Et que la priorité « Navette » est choisie sur la mobilité

  @accepted
  Scénario: Les lignes sûres entrent au plan, celles qui sont douteuses une fois la réponse donnée
    Quand le tableau suivant est lu :
      | Axe             | Action            | Pilote | Début      | Échéance   |
      | Axe 1 - Navette | Navette du samedi | la Caf | 01/03/2025 | 31/12/2026 |
      | Axe 1 - Navette | Bus des droits    | la Caf | 01/03/2025 | mi-2026    |
      | Total           | 2                 |        |            |            |
    Alors la ligne 2 du tableau est lue
    Et la ligne 3 du tableau attend une réponse : « C’est à peu près. »
    Quand la réponse « 2026-06-30 » est donnée pour la cellule E3
    Alors la ligne 3 du tableau est lue
    Quand les lignes lues du tableau sont enregistrées
    Alors c'est accepté

  @accepted
  Scénario: Une ligne que personne ne saurait lire est refusée, et une colonne de dates ne devine pas
    Quand le tableau suivant est lu :
      | Axe     | Action            | Pilote | Début      | Échéance   |
      | Navette | Navette du samedi | la Caf | 01/03/2025 | 31/03/2024 |
      | Navette |                   | la Caf | 01/03/2025 | 31/12/2026 |
      | Navette | Bus des droits    | la Caf | 01/03/2025 | 31/02/2026 |
      | Navette | Bus du soir       | la Caf | 01/03/2025 | 31/12/2026 |
    Alors la ligne 2 du tableau est refusée : « La fin précède le début »
    Et la ligne 3 du tableau est refusée : « Le titre de la fiche manque. »
    Et la ligne 4 du tableau est refusée : « Ce jour n’existe pas. »
    Quand les lignes lues du tableau sont enregistrées
    Alors c'est accepté

  @accepted
  Scénario: Les indicateurs d'une action viennent avec elle, leur départ et leurs cibles aussi
    Quand le tableau suivant est lu, ses colonnes écrites l'une sous l'autre :
      | Axe                         | Navette           |
      | Action                      | Navette du samedi |
      | Indicateur                  | Nombre de trajets |
      | Type d'indicateur           | résultat          |
      | Unité                       | nombre            |
      | Compte des personnes        | non               |
      | Sens attendu                | hausse            |
      | Fréquence                   | annuelle          |
      | Détenteur de la donnée      | la Caf            |
      | Valeur de départ            | 0                 |
      | Date de la valeur de départ | 01/06/2024        |
      | Cible 2026                  | 120               |
    Alors la ligne 2 du tableau est lue
    Quand les lignes lues du tableau sont enregistrées
    Alors c'est accepté

  @accepted
  Scénario: Les coûts viennent année par année, les liens avec d'autres contrats aussi ; un total qui n'est pas leur somme est demandé
    Quand le tableau suivant est lu :
      | Axe     | Action            | 2025 | Coût 2026 (k€) | Budget total | Liens avec d'autres contrats |
      | Navette | Navette du samedi | 1000 | 2              | 3000         | PCAET, CLS                   |
      | Navette | Bus des droits    | 1000 | 2              | 4000         |                              |
      | Navette | Bus du soir       |      |                |              | oui                          |
    Alors la ligne 2 du tableau est lue
    Et la ligne 3 du tableau attend une réponse : « Ce total n’est pas la somme des années »
    Et la ligne 4 du tableau attend une réponse : « Oui, mais quel contrat ? Nommez-le dans la cellule. »
    Quand les lignes lues du tableau sont enregistrées
    Alors c'est accepté

  @accepted
  Scénario: Une cible sans indicateur est refusée, un numéro déjà pris est demandé
    Quand le tableau suivant est lu :
      | N° | Axe     | Action            | Indicateur        | Cible 2026 |
      | 1  | Navette | Navette du samedi |                   | 120        |
      | 2  | Navette | Bus des droits    |                   |            |
      | 2  | Navette | Bus du soir       |                   |            |
      | 3  | Navette | Bus du marché     | Nombre de trajets | beaucoup   |
    Alors la ligne 2 du tableau est refusée : « Des valeurs sont dites sans leur indicateur. »
    Et la ligne 4 du tableau attend une réponse : « La ligne 3 porte déjà ce numéro. »
    Et la ligne 5 du tableau attend une réponse : « Des mots, à lire par vous. »
    Et la ligne 3 du tableau est lue
    Quand les lignes lues du tableau sont enregistrées
    Alors c'est accepté
