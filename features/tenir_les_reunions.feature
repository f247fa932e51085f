# language: fr
Fonctionnalité: Tenir les réunions des instances
  Une réunion se prévoit, se convoque, se tient et se relit. Qui siège est dit par siège ; quand il en manque trop pour
  décider, ce qui est décidé est gardé, mais rien ne s'appuie dessus.

  Contexte:
    Étant donné que nous sommes le 1er février 2024
    Et le territoire « Gascogne Toulousaine » et ses partenaires
    Et une convention ouverte du 1er janvier 2025 au 31 décembre 2029

  Scénario: De la réunion prévue au compte rendu approuvé
    Quand l'acte « Prévoir une réunion » est fait par le comité de pilotage, en disant :
      | Réunion | printemps |
      | Date prévue | 12 mars 2024 |
    Alors c'est accepté
    Et la réunion « printemps » est dite « prévue »
    Quand le comité de pilotage est convoqué pour la réunion « printemps », avec à l'ordre du jour « Le diagnostic »
    Alors c'est accepté
    Et la réunion « printemps » est dite « convoquée »
    Quand l'acte « Déplacer une réunion » est fait par le comité de pilotage, en disant :
      | Réunion | printemps |
      | Date prévue | 19 mars 2024 |
    Alors c'est accepté
    Étant donné que nous sommes le 19 mars 2024
    Quand la réunion « printemps » du comité de pilotage est tenue
    Alors c'est accepté
    Et la réunion « printemps » est dite « tenue, compte rendu à écrire »
    Quand la réunion « printemps » décide en séance : autre décision, à faire par la Caf avant le 30 avril 2024
    Alors c'est accepté
    Et l'ordre du jour proposé contient « Décidé, sans suite »
    Quand l'acte « Écrire un compte rendu » est fait par le comité de pilotage, en disant :
      | Réunion | printemps |
    Alors c'est accepté
    Et l'ordre du jour proposé contient « Compte rendu »
    Quand l'acte « Approuver un compte rendu » est fait par le comité de pilotage, en disant :
      | Réunion | printemps |
    Alors c'est accepté
    Et la réunion « printemps » est dite « compte rendu approuvé »

  Scénario: Une décision dit sur quel point de l'ordre du jour elle porte
    Étant donné que l'acte « Prévoir une réunion » est fait par le comité de pilotage, en disant :
      | Réunion | printemps |
      | Date prévue | 12 mars 2024 |
    Et que le comité de pilotage est convoqué pour la réunion « printemps », avec à l'ordre du jour « Le diagnostic »
    Et que nous sommes le 12 mars 2024
    Et que la réunion « printemps » du comité de pilotage est tenue
    Quand la réunion « printemps » décide en séance, sur le point 2 : autre décision
    Alors c'est refusé : « pas à l’ordre du jour de cette réunion »
    Quand la réunion « printemps » décide en séance, sur le point 1 : autre décision
    Alors c'est accepté
    Quand la réunion « printemps » décide en séance : autre décision
    Alors c'est accepté

  @R21 @refused
  Scénario: Un compte rendu approuvé ne se récrit plus, une réunion suivante le corrige
    Étant donné que la réunion « première » du comité de pilotage est tenue
    Quand l'acte « Corriger un compte rendu » est fait par le comité de pilotage, en disant :
      | Réunion | première |
      | Corrigé à la réunion | première |
      | Correction demandée | Le vote était unanime. |
    Alors c'est refusé : « pas encore approuvé »
    Étant donné que l'acte « Écrire un compte rendu » est fait par le comité de pilotage, en disant :
      | Réunion | première |
    Et que l'acte « Approuver un compte rendu » est fait par le comité de pilotage, en disant :
      | Réunion | première |
    Quand l'acte « Écrire un compte rendu » est fait par le comité de pilotage, en disant :
      | Réunion | première |
    Alors c'est refusé : « ne se récrit plus »
    Étant donné que nous sommes le 2 avril 2024
    Et que la réunion « seconde » du comité de pilotage est tenue
    Quand l'acte « Corriger un compte rendu » est fait par le comité de pilotage, en disant :
      | Réunion | première |
      | Corrigé à la réunion | seconde |
      | Correction demandée | Le vote était unanime. |
    Alors c'est accepté

  Scénario: Une réunion annulée ne se convoque plus, et celle qui est passée se dit tenue
    Étant donné que l'acte « Prévoir une réunion » est fait par le comité de pilotage, en disant :
      | Réunion | printemps |
      | Date prévue | 12 mars 2024 |
    Quand l'acte « Annuler une réunion » est fait par le comité de pilotage, en disant :
      | Réunion | printemps |
      | Pourquoi | La salle est prise. |
    Alors c'est accepté
    Et la réunion « printemps » est dite « annulée »
    Quand le comité de pilotage est convoqué pour la réunion « printemps », avec à l'ordre du jour « Le diagnostic »
    Alors c'est refusé : « déjà tenue ou annulée »
    Quand l'acte « Prévoir une réunion » est fait par le comité de pilotage, en disant :
      | Réunion | hiver |
      | Date prévue | 12 janvier 2024 |
    Alors c'est refusé : « se prévoit pour un jour à venir »
    Étant donné que nous sommes le 12 mars 2024
    Quand la réunion « printemps » du comité de pilotage est tenue
    Alors c'est accepté, avec un signalement : « avait été annulée »

  @R35 @accepted @irregular @refused
  Scénario: Décider sans quorum est gardé, mais rien ne s'appuie dessus
    Étant donné que l'acte « Fixer les règles d'une instance » est fait par le comité de pilotage, en disant :
      | Quorum | plus de la moitié des sièges |
      | Une réunion tous les … mois | 6 |
    Et que l'acte « Donner un siège » est fait par le comité de pilotage, en disant :
      | Siège | caf |
      | Partenaire | la Caf |
      | Rôle du siège | présidence |
    Et que l'acte « Donner un siège » est fait par le comité de pilotage, en disant :
      | Siège | msa |
      | Partenaire | la MSA |
    Et que l'acte « Donner un siège » est fait par le comité de pilotage, en disant :
      | Siège | epci |
      | Partenaire | l'intercommunalité |
      | Collège | élus |
    Quand la réunion « petite » du comité de pilotage est tenue, avec les sièges « caf », et décide : dérogation motivée
    Alors le fait est gardé, mais irrégulier
    Quand la réunion « petite » décide en séance : autre décision
    Alors le fait est gardé, mais irrégulier
    Quand le comité de pilotage dispense de croiser le thème en forum jusqu'au 30 juin 2024
    Alors c'est refusé : « prise sans quorum »
    Quand la réunion « grande » du comité de pilotage est tenue, avec les sièges « caf, msa », et décide : dérogation motivée
    Alors c'est accepté

  Scénario: Un siège se libère, se pourvoit, se supprime
    Étant donné que l'acte « Donner un siège » est fait par le comité de pilotage, en disant :
      | Siège | caf |
      | Partenaire | la Caf |
    Quand l'acte « Constater un siège vacant » est fait par le comité de pilotage, en disant :
      | Siège | caf |
    Alors c'est accepté
    Et le comité de pilotage a 1 siège, dont 1 vacant
    Quand l'acte « Constater un siège vacant » est fait par le comité de pilotage, en disant :
      | Siège | caf |
    Alors c'est refusé : « Ce siège est vacant »
    Quand l'acte « Pourvoir un siège » est fait par le comité de pilotage, en disant :
      | Siège | caf |
    Alors c'est accepté
    Et le comité de pilotage a 1 siège, dont 0 vacant
    Quand l'acte « Supprimer un siège » est fait par le comité de pilotage, en disant :
      | Siège | caf |
    Alors c'est accepté
    Et le comité de pilotage a 0 siège, dont 0 vacant
    Quand l'acte « Pourvoir un siège » est fait par le comité de pilotage, en disant :
      | Siège | caf |
    Alors c'est refusé : « n'existe pas »

  Scénario: Une réunion commune se lit chez chacun, et chacun décide pour soi
    Quand la réunion « commune » du comité de pilotage et du comité technique est prévue le 12 mars 2024
    Alors c'est accepté
    Et la réunion « commune » est dite « prévue »
    Et la réunion « commune » est dite « prévue » au comité technique
    Étant donné que nous sommes le 12 mars 2024
    Et que la réunion « commune » du comité de pilotage est tenue
    Alors la réunion « commune » est dite « tenue, compte rendu à écrire »
    Et la réunion « commune » est dite « prévue » au comité technique

  Scénario: On n'approuve que ce qui est écrit, et ne siège que qui a un siège
    Étant donné que la réunion « première » du comité de pilotage est tenue
    Quand l'acte « Approuver un compte rendu » est fait par le comité de pilotage, en disant :
      | Réunion | première |
    Alors c'est refusé : « Rien n'est encore enregistré »
    Quand la réunion « fausse » du comité de pilotage est tenue, avec les sièges « inconnu »
    Alors c'est refusé : « n'existe pas »

  Scénario: Un rôle que la méthode attend et que personne n'a jamais tenu se voit comme à pourvoir
    Alors le rôle de chargé de coopération est dit « jamais tenu »
    Étant donné que l'administrateur donne à Camille le rôle de chargé de coopération
    Alors le rôle de chargé de coopération n'est pas à pourvoir
