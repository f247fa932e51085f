# language: fr
Fonctionnalité: Mener le diagnostic par vagues de thèmes
  Tout regarder à la fois noie ceux qui répondent. Une vague promet quelques thèmes pendant un temps ; les constats et les données
  de ces thèmes, apportés ou demandés pendant qu'elle dure, lui reviennent. Un thème promis et sans constat à la fin se voit.

  Contexte:
    Étant donné que nous sommes le 8 janvier 2024
    Et le territoire « Gascogne Toulousaine » et ses partenaires
    Et que chaque rôle est tenu, sur le territoire comme dans le département
    Et une convention ouverte du 1er janvier 2025 au 31 décembre 2029
    Et le diagnostic « Besoins sociaux » est engagé par la Caf et la MSA

  @accepted
  Scénario: Un thème promis et sans constat à la fin de sa vague se voit, et se dit quand on la clôt
    Quand la vague « Première » du diagnostic « Besoins sociaux » est prévue sur la mobilité et le logement, du 10 janvier 2024 au 31 mars 2024
    Alors c'est accepté
    Étant donné que nous sommes le 5 février 2024
    Et que la Caf apporte le constat « Des trajets longs » sur la mobilité, montré par des chiffres de 2023 : « Enquête transports »
    Et que la donnée « Loyers » est demandée à la MSA sur le logement, 2022 à 2023, pour le 1er mars 2024
    Alors la vague « Première » est « en cours » et rien ne lui manque
    Étant donné que nous sommes le 2 avril 2024
    Alors la vague « Première » est « finie, à clore » et il lui manque un constat sur le logement
    Et la vague « Première » a 1 constat sur la mobilité et 1 donnée demandée sur le logement
    Quand la vague « Première » est close
    Alors c'est accepté, avec un signalement : « n’en apporte aucun constat »
    Et la vague « Première » est « close » et il lui manque un constat sur le logement
    Quand la vague « Première » est close
    Alors c'est refusé : « close depuis le »

  @refused
  Scénario: Un thème n'est promis qu'à une vague à la fois ; une vague se déplace avec sa raison
    Étant donné que la vague « Première » du diagnostic « Besoins sociaux » est prévue sur la mobilité, du 10 janvier 2024 au 31 mars 2024
    Quand la vague « Seconde » du diagnostic « Besoins sociaux » est prévue sur la mobilité, du 1er mars 2024 au 30 juin 2024
    Alors c'est refusé : « regarde déjà ce thème »
    Quand la vague « Seconde » du diagnostic « Besoins sociaux » est prévue sur la mobilité, du 1er avril 2024 au 30 juin 2024
    Alors c'est accepté
    Quand la vague « Première » est déplacée du 10 janvier 2024 au 15 avril 2024, parce que « Les entretiens durent. »
    Alors c'est refusé : « regarde déjà ce thème »
    Quand la vague « Première » est déplacée du 10 janvier 2024 au 31 mars 2024, parce que « Les entretiens durent. »
    Alors c'est refusé : « déjà prévue ces jours-là »
    Quand la vague « Première » est déplacée du 15 janvier 2024 au 31 mars 2024, parce que « Les entretiens durent. »
    Alors c'est accepté
    Quand la vague « Troisième » du diagnostic « Un autre » est prévue sur la mobilité, du 1er avril 2024 au 30 juin 2024
    Alors c'est refusé : « n’existe pas ici »
