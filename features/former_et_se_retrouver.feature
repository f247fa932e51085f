# language: fr
Fonctionnalité: Former, apprendre ensemble, se retrouver une fois l'an
  La convention-cadre prévoit des formations, des form-actions et un colloque par an : pour qui, quand, où. Ceux qu'elle suit les
  lisent dans leur agenda. Une fois tenus, on dit combien de personnes sont venues, sans nommer personne, et ce qui en est retenu.

  Contexte:
    Étant donné que nous sommes le 8 janvier 2024
    Et le territoire « Gascogne Toulousaine » et ses partenaires
    Et que chaque rôle est tenu, sur le territoire comme dans le département

  @accepted
  Scénario: Une formation est prévue, déplacée, puis tenue
    Quand la formation « Piloter une CTG » est prévue le 12 mars 2024, jusqu'au 13 mars 2024, pour 20 personnes
    Alors c'est accepté
    Et la formation « Piloter une CTG » se lit « à venir »
    Quand la formation « Piloter une CTG » est déplacée au 19 mars 2024, parce que « La salle est prise. »
    Alors c'est accepté
    Et la formation « Piloter une CTG » commence le 19 mars 2024
    Étant donné que nous sommes le 25 mars 2024
    Alors la formation « Piloter une CTG » se lit « son jour est passé : à dire »
    Quand la formation « Piloter une CTG » a réuni 14 professionnels et 4 élus le 19 mars 2024, et l'on en retient « Un calendrier commun. »
    Alors c'est accepté
    Et la formation « Piloter une CTG » se lit « a eu lieu »
    Et 18 personnes sont venues à la formation « Piloter une CTG »

  @accepted @refused
  Scénario: Une formation annulée dit pourquoi, et ne se tient, ne se déplace ni ne s'annule plus
    Étant donné que la form-action « Écrire à plusieurs » est prévue le 12 mars 2024
    Quand la form-action « Écrire à plusieurs » est annulée, parce que « Trop peu d'inscrits. »
    Alors c'est accepté
    Et la form-action « Écrire à plusieurs » se lit « n’a pas lieu »
    Quand la form-action « Écrire à plusieurs » est annulée, parce que « Trop peu d'inscrits. »
    Alors c'est refusé : « Cette formation est annulée depuis le 8 janvier 2024 »
    Quand la form-action « Écrire à plusieurs » est déplacée au 19 mars 2024, parce que « La salle est prise. »
    Alors c'est refusé : « Cette formation est annulée »
    Étant donné que nous sommes le 13 mars 2024
    Quand la form-action « Écrire à plusieurs » a réuni 14 professionnels et 4 élus, et l'on en retient « Un calendrier commun. »
    Alors c'est refusé : « Cette formation est annulée »

  @refused
  Scénario: Une formation se tient une fois, et pas avant son jour
    Étant donné que la formation « Piloter une CTG » est prévue le 12 mars 2024
    Quand la formation « Piloter une CTG » a réuni 14 professionnels et 4 élus, et l'on en retient « Un calendrier commun. »
    Alors c'est refusé : « elle n'a pas encore eu lieu »
    Étant donné que nous sommes le 13 mars 2024
    Et que la formation « Piloter une CTG » a réuni 14 professionnels et 4 élus le 12 mars 2024, et l'on en retient « Un calendrier commun. »
    Quand la formation « Piloter une CTG » a réuni 14 professionnels et 4 élus, et l'on en retient « Un calendrier commun. »
    Alors c'est refusé : « Cette formation a eu lieu le 12 mars 2024 »
    Quand la formation « Piloter une CTG » est annulée, parce que « Trop peu d'inscrits. »
    Alors c'est refusé : « Cette formation a eu lieu »

  @refused
  Scénario: Rien ne se prévoit ni ne se déplace dans le passé, ni ne finit avant de commencer
    Quand la formation « Piloter une CTG » est prévue le 7 janvier 2024
    Alors c'est refusé : « le 7 janvier 2024 précède le 8 janvier 2024 »
    Quand la formation « Piloter une CTG » est prévue le 12 mars 2024, jusqu'au 11 mars 2024
    Alors c'est refusé : « le 11 mars 2024 précède le 12 mars 2024 »
    Étant donné que la formation « Piloter une CTG » est prévue le 12 mars 2024
    Quand la formation « Piloter une CTG » est déplacée au 5 janvier 2024, parce que « La salle est prise. »
    Alors c'est refusé : « le 5 janvier 2024 précède le 8 janvier 2024 »
    Quand la formation « Jamais prévue » est annulée, parce que « Trop peu d'inscrits. »
    Alors c'est refusé : « ce qui est indiqué n'existe pas ici »

  @accepted
  Scénario: Le colloque de l'année manque tant que rien n'est prévu
    Étant donné qu'il est dit qu'aucun colloque n'est prévu ni tenu en 2024
    Et que la formation « Piloter une CTG » est prévue le 12 mars 2024
    Et qu'il est dit qu'aucun colloque n'est prévu ni tenu en 2024
    Quand le colloque « Les solidarités en Gascogne » est prévu le 3 octobre 2024
    Alors il n'est plus dit qu'un colloque manque
    Quand le colloque « Les solidarités en Gascogne » est annulé, parce que « Trop peu d'inscrits. »
    Alors il est dit qu'aucun colloque n'est prévu ni tenu en 2024
