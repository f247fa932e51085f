# language: fr
Fonctionnalité: Tenir la convention-cadre du département
  La convention-cadre suit les territoires du département, qu'ils aient déjà une convention ou pas encore.
  Ses partenaires la signent, chacun une fois.

  Contexte:
    Étant donné que nous sommes le 1er février 2024
    Et le territoire « Gascogne Toulousaine » et ses partenaires
    Et que chaque rôle est tenu, sur le territoire comme dans le département

  Scénario: Un partenaire signe la convention-cadre une fois
    Quand la Caf signe la convention-cadre
    Alors c'est accepté
    Quand la Caf signe la convention-cadre
    Alors c'est refusé : « C'est déjà enregistré »

  Scénario: Qui n'en est pas ne la signe pas
    Quand la MSA signe la convention-cadre
    Alors c'est refusé : « ce partenaire n'est pas dans la liste des signataires »

  Scénario: Un autre territoire rejoint la convention-cadre une fois
    Étant donné un autre territoire, « Val de Save »
    Quand le territoire « Val de Save » est rattaché à la convention-cadre
    Alors c'est accepté
    Quand le territoire « Val de Save » est rattaché à la convention-cadre
    Alors c'est refusé : « C'est déjà enregistré »
