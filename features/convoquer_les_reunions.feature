# language: fr
Fonctionnalité: Convoquer les réunions, et savoir qui vient
  Qui siège reçoit l'invitation et répond : vient, s'excuse, donne pouvoir. La dernière réponse compte, et le quorum se
  prévoit. Deux instances qui se réunissent ensemble sont convoquées ensemble ; chacune garde son quorum et ses décisions.

  Contexte:
    Étant donné que nous sommes le 1er février 2024
    Et le territoire « Gascogne Toulousaine » et ses partenaires
    Et une convention ouverte du 1er janvier 2025 au 31 décembre 2029
    Et que le comité de pilotage a les sièges : caf pour la Caf, msa pour la MSA, epci pour l'intercommunalité
    Et que l'acte « Fixer les règles d'une instance » est fait par le comité de pilotage, en disant :
      | Quorum | plus de la moitié des sièges |
      | Une réunion tous les … mois | 6 |
    Et que l'acte « Prévoir une réunion » est fait par le comité de pilotage, en disant :
      | Réunion | printemps |
      | Date prévue | 12 mars 2024 |

  Scénario: Les réponses disent si le quorum sera là
    Étant donné que le comité de pilotage est convoqué pour la réunion « printemps », avec à l'ordre du jour « Le diagnostic »
    Alors à la réunion « printemps », 0 siège vient, 0 s'excuse, 0 donne pouvoir ; le quorum n'est pas prévu
    Quand le siège « caf » répond à l'invitation à la réunion « printemps » : vient
    Alors c'est accepté
    Quand le siège « msa » répond à l'invitation à la réunion « printemps » : vient
    Alors c'est accepté
    Et à la réunion « printemps », 2 sièges viennent, 0 s'excuse, 0 donne pouvoir ; le quorum est prévu
    Quand le siège « msa » répond à l'invitation à la réunion « printemps » : donne pouvoir, au siège « caf »
    Alors c'est accepté
    Et à la réunion « printemps », 1 siège vient, 0 s'excuse, 1 donne pouvoir ; le quorum n'est pas prévu

  Scénario: Une instance dont le rythme passe sans réunion prévue se signale, jusqu'à ce qu'une le soit à temps
    Alors le comité de pilotage se réunit à son rythme
    Quand l'acte « Annuler une réunion » est fait par le comité de pilotage, en disant :
      | Réunion  | printemps           |
      | Pourquoi | La salle est prise. |
    Alors le comité de pilotage n'a aucune réunion prévue d'ici le 1er août 2024
    Quand l'acte « Prévoir une réunion » est fait par le comité de pilotage, en disant :
      | Réunion     | rentrée          |
      | Date prévue | 2 septembre 2024 |
    Alors le comité de pilotage n'a aucune réunion prévue d'ici le 1er août 2024
    Quand l'acte « Prévoir une réunion » est fait par le comité de pilotage, en disant :
      | Réunion     | été            |
      | Date prévue | 2 juillet 2024 |
    Alors le comité de pilotage se réunit à son rythme

  Scénario: Un autre jour demande une autre réponse, un autre lieu non
    Étant donné que le comité de pilotage est convoqué pour la réunion « printemps », avec à l'ordre du jour « Le diagnostic »
    Et que le siège « caf » répond à l'invitation à la réunion « printemps » : s'excuse
    Quand l'acte « Déplacer une réunion » est fait par le comité de pilotage, en disant :
      | Réunion | printemps |
      | Date prévue | 12 mars 2024 |
      | Lieu | Salle des fêtes |
    Alors à la réunion « printemps », 0 siège vient, 1 s'excuse, 0 donne pouvoir ; le quorum n'est pas prévu
    Quand l'acte « Déplacer une réunion » est fait par le comité de pilotage, en disant :
      | Réunion | printemps |
      | Date prévue | 19 mars 2024 |
    Alors à la réunion « printemps », 0 siège vient, 0 s'excuse, 0 donne pouvoir ; le quorum n'est pas prévu

  Scénario: On répond à une invitation, tant que la réunion est à venir
    Quand le siège « caf » répond à l'invitation à la réunion « printemps » : vient
    Alors c'est refusé : « n'est pas encore convoquée »
    Étant donné que le comité de pilotage est convoqué pour la réunion « printemps », avec à l'ordre du jour « Le diagnostic »
    Quand le siège « inconnu » répond à l'invitation à la réunion « printemps » : vient
    Alors c'est refusé : « n'existe pas »
    Quand l'acte « Annuler une réunion » est fait par le comité de pilotage, en disant :
      | Réunion | printemps |
      | Pourquoi | La salle est prise. |
    Et que le siège « caf » répond à l'invitation à la réunion « printemps » : vient
    Alors c'est refusé : « trop tard pour répondre »

  Scénario: Une réunion tenue n'attend plus de réponse
    Étant donné que le comité de pilotage est convoqué pour la réunion « printemps », avec à l'ordre du jour « Le diagnostic »
    Et que nous sommes le 12 mars 2024
    Et que la réunion « printemps » du comité de pilotage est tenue
    Quand le siège « caf » répond à l'invitation à la réunion « printemps » : vient
    Alors c'est refusé : « trop tard pour répondre »

  @R33 @accepted @refused
  Scénario: Chacun répond pour son siège, le pilote pour tous
    Étant donné que Alix siège au siège « caf » du comité de pilotage
    Et que le pilote donne à Alix le rôle de membre du COPIL
    Et que le pilote donne à Bruno le rôle de membre du COPIL
    Et que le comité de pilotage est convoqué pour la réunion « printemps », avec à l'ordre du jour « Le diagnostic »
    Quand Alix répond pour le siège « caf » à l'invitation à la réunion « printemps » : vient
    Alors c'est accepté
    Quand Alix répond pour le siège « msa » à l'invitation à la réunion « printemps » : vient
    Alors c'est refusé : « Votre rôle ne permet pas »
    Quand Bruno répond pour le siège « caf » à l'invitation à la réunion « printemps » : s'excuse
    Alors c'est refusé : « Votre rôle ne permet pas »
    Quand le siège « msa » répond à l'invitation à la réunion « printemps » : vient
    Alors c'est accepté

  Scénario: Une réunion commune se convoque, se déplace et s'annule chez chacun
    Quand la réunion « commune » du comité de pilotage et du comité technique est prévue le 2 avril 2024
    Et que le comité de pilotage est convoqué pour la réunion « commune », avec à l'ordre du jour « Le diagnostic »
    Alors c'est accepté
    Et la réunion « commune » est dite « convoquée »
    Et la réunion « commune » est dite « convoquée » au comité technique
    Quand l'acte « Déplacer une réunion » est fait par le comité de pilotage, en disant :
      | Réunion | commune |
      | Date prévue | 9 avril 2024 |
    Alors la réunion « commune » est prévue le 9 avril 2024 au comité technique
    Quand l'acte « Annuler une réunion » est fait par le comité de pilotage, en disant :
      | Réunion | commune |
      | Pourquoi | La salle est prise. |
    Alors la réunion « commune » est dite « annulée » au comité technique

  Scénario: Chacun tient la réunion commune et décide pour soi, avec son quorum
    Étant donné que la réunion « commune » du comité de pilotage et du comité technique est prévue le 2 avril 2024
    Et que nous sommes le 2 avril 2024
    Quand la réunion « commune » du comité de pilotage est tenue, avec les sièges « caf », et décide : autre décision
    Alors le fait est gardé, mais irrégulier
    Quand la réunion « commune » du comité technique est tenue, et décide : autre décision
    Alors c'est accepté
    Et la réunion « commune » est dite « tenue, compte rendu à écrire »
    Et la réunion « commune » est dite « tenue, compte rendu à écrire » au comité technique

  Scénario: On ne se réunit pas avec une instance que l'on ne voit pas
    Étant donné un autre territoire, « Val de Save »
    Quand la réunion « voisins » est prévue le 2 avril 2024 avec le comité de pilotage de « Val de Save »
    Alors c'est refusé : « n'existe pas »

  @R33 @accepted @refused
  Scénario: Deux territoires se réunissent quand qui convoque en a le droit chez chacun
    Étant donné un autre territoire, « Val de Save »
    Et une convention de « Val de Save » ouverte du 1er janvier 2025 au 31 décembre 2029
    Et que Alix a le rôle de pilote, et celui de membre du COPIL sur « Val de Save »
    Quand Alix prévoit la réunion « voisins » le 2 avril 2024 avec le comité de pilotage de « Val de Save »
    Alors c'est refusé : « ne permet pas cet acte pour Comité de pilotage »
    Étant donné que Alix a le rôle de pilote sur « Val de Save »
    Quand Alix prévoit la réunion « voisins » le 2 avril 2024 avec le comité de pilotage de « Val de Save »
    Alors c'est accepté
    Et la réunion « voisins » est dans les deux journaux
    Quand Alix convoque la réunion « voisins », avec à l'ordre du jour « Le bassin de vie »
    Alors c'est accepté
    Quand le comité de pilotage est convoqué pour la réunion « voisins », avec à l'ordre du jour « Le diagnostic »
    Alors c'est refusé : « ne permet pas cet acte pour Comité de pilotage »
