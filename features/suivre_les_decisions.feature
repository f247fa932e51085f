# language: fr
Fonctionnalité: Suivre ce que le comité a décidé
  Une décision qu'un acte cite est suivie sans que personne ait à le dire. Les autres sont tenues sur preuve, remplacées ou
  abandonnées ; celle dont on n'entend plus rien vieillit, et ouvre le prochain ordre du jour.

  Contexte:
    Étant donné que nous sommes le 8 janvier 2024
    Et le territoire « Gascogne Toulousaine » et ses partenaires
    Et une convention ouverte du 1er janvier 2024 au 31 décembre 2028

  Scénario: Une décision dont on n'entend plus rien vieillit, puis dort
    Étant donné que le comité de pilotage décide de « Ouvrir une salle à Samatan »
    Alors la décision « Ouvrir une salle à Samatan » se lit « attend sa suite »
    Et aucune décision n'est à suivre
    Étant donné que nous sommes le 3 mars 2024
    Alors la décision « Ouvrir une salle à Samatan » se lit « attend sa suite »
    Étant donné que nous sommes le 4 mars 2024
    Alors la décision « Ouvrir une salle à Samatan » se lit « vieillit »
    Et le prochain ordre du jour commence par : « Ouvrir une salle à Samatan »
    Étant donné que le comité de pilotage se réunit sans rien décider
    Alors la décision « Ouvrir une salle à Samatan » se lit « vieillit »
    Étant donné que nous sommes le 5 juin 2024
    Et que le comité de pilotage se réunit sans rien décider
    Alors la décision « Ouvrir une salle à Samatan » se lit « en sommeil »
    Et 0 décision sur 1 est tenue

  Scénario: La plus endormie ouvre le prochain ordre du jour
    Étant donné que le comité de pilotage décide de « Recenser les salles »
    Et que le comité technique décide de « Comparer les tarifs »
    Et que nous sommes le 6 mars 2024
    Et que le comité technique se réunit sans rien décider
    Et que nous sommes le 7 mars 2024
    Et que le comité technique se réunit sans rien décider
    Alors le prochain ordre du jour commence par : « Comparer les tarifs », « Recenser les salles »

  Scénario: Une décision confiée pour un jour vieillit le lendemain de ce jour
    Étant donné que le comité de pilotage décide de « Ouvrir une salle à Samatan »
    Quand la décision « Ouvrir une salle à Samatan » est confiée à la Caf, pour le 30 juin 2024
    Alors c'est accepté
    Étant donné que nous sommes le 30 juin 2024
    Alors la décision « Ouvrir une salle à Samatan » se lit « attend sa suite »
    Étant donné que nous sommes le 1er juillet 2024
    Alors la décision « Ouvrir une salle à Samatan » se lit « vieillit »

  Scénario: Nulle décision n'est due avant d'être prise
    Étant donné que le comité de pilotage décide de « Ouvrir une salle à Samatan »
    Quand la décision « Ouvrir une salle à Samatan » est confiée à la Caf, pour le 30 décembre 2023
    Alors c'est refusé : « avant »

  Scénario: Une décision est tenue sur preuve, et le partenaire à qui elle est confiée le dit lui-même
    Étant donné que le comité de pilotage décide de « Ouvrir une salle à Samatan »
    Et que la décision « Ouvrir une salle à Samatan » est confiée à la Caf
    Quand la décision « Ouvrir une salle à Samatan » est dite tenue par la MSA, « La salle est ouverte. »
    Alors c'est refusé : « Votre rôle ne permet pas cet acte ici »
    Quand la décision « Ouvrir une salle à Samatan » est dite tenue par la Caf, sans preuve
    Alors c'est refusé : « Rien ne montre »
    Quand la décision « Ouvrir une salle à Samatan » est dite tenue par la Caf, sur pièce
    Alors c'est accepté
    Et la décision « Ouvrir une salle à Samatan » se lit « tenue »
    Et 1 décision sur 1 est tenue
    Quand la décision « Ouvrir une salle à Samatan » est dite tenue, « La salle est ouverte. »
    Alors c'est refusé : « n'attend plus rien »

  Scénario: Une décision qu'un acte cite est suivie
    Étant donné que le comité de pilotage décide : validation du diagnostic
    Et que le comité de pilotage décide : liste des signataires
    Et que nous sommes le 2 juillet 2024
    Alors 0 décision sur 1 est tenue
    Quand la signature de la MSA devient « requise »
    Alors c'est accepté
    Et 1 décision sur 1 est tenue
    Et aucune décision n'est à suivre

  Scénario: Une décision est remplacée par une autre, qui la vaut
    Étant donné que le comité de pilotage décide de « Ouvrir une salle à Samatan »
    Et que nous sommes le 9 avril 2024
    Et que le comité de pilotage décide de « Ouvrir une salle à Lombez »
    Et que le comité technique décide de « Ne rien ouvrir »
    Quand la décision « Ouvrir une salle à Samatan » est remplacée par « Ne rien ouvrir »
    Alors c'est refusé : « comité de pilotage »
    Quand la décision « Ouvrir une salle à Samatan » est remplacée par « Ouvrir une salle à Samatan »
    Alors c'est refusé : « la décision elle-même »
    Quand la décision « Ouvrir une salle à Samatan » est remplacée par « Ouvrir une salle à Lombez »
    Alors c'est accepté
    Et la décision « Ouvrir une salle à Samatan » se lit « remplacée »
    Et 0 décision sur 2 est tenue

  Scénario: On n'abandonne pas sans qu'une décision le dise, sauf le président
    Étant donné que le comité de pilotage décide de « Ouvrir une salle à Samatan »
    Et que le comité de pilotage décide de « Acheter un minibus »
    Quand la décision « Acheter un minibus » est abandonnée sans décision, parce que « Le garage est vendu. »
    Alors c'est refusé : « Votre rôle ne permet pas cet acte ici »
    Quand la décision « Acheter un minibus » est abandonnée par le président, parce que « Le garage est vendu. »
    Alors c'est accepté
    Et la décision « Acheter un minibus » se lit « abandonnée »
    Étant donné que nous sommes le 9 avril 2024
    Et que le comité de pilotage décide de « Renoncer à la salle de Samatan »
    Quand la décision « Ouvrir une salle à Samatan » est abandonnée par la décision « Renoncer à la salle de Samatan », parce que « Trop cher. »
    Alors c'est accepté
    Et la décision « Ouvrir une salle à Samatan » se lit « abandonnée »
    # Celle qui renonce est suivie par ce qu'elle dit.
    Et 1 décision sur 3 est tenue
