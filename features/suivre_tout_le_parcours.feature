# language: fr
Fonctionnalité: Suivre tout le parcours d'une convention
  Du premier jour au premier bilan, sans un faux pas.

  Scénario: Un parcours en règle
    Étant donné que nous sommes le 8 janvier 2024
    Et le territoire « Gascogne Toulousaine » et ses partenaires
    Et que chaque rôle est tenu, sur le territoire comme dans le département
    Et une convention ouverte du 1er janvier 2025 au 31 décembre 2029
    Et que l'engagement est confirmé
    Et que nous sommes le 30 septembre 2024
    Et que le diagnostic est partagé le 14 mai 2024, avec des constats sur la mobilité, la parentalité et la santé
    Et qu'un forum sur la mobilité et la santé réunit 9 professionnels, 4 élus et 12 habitants sur l'offre et la demande le 5 juin 2024
    Et que le compte rendu du forum-1 est partagé le 14 juin 2024
    Et qu'un forum sur la parentalité réunit 6 professionnels, 3 élus et 20 habitants sur l'offre et la demande le 19 juin 2024
    Et que le compte rendu du forum-2 est partagé le 2 juillet 2024
    Et que le comité de pilotage décide : choix d'une priorité, le 12 juillet 2024
    Et que le compte rendu de cette réunion est rédigé et approuvé le 22 juillet 2024
    Et que la priorité « Navette » est choisie sur la mobilité, au rang 1, le 12 juillet 2024
    Et que la priorité « Relais des parents » est choisie sur la parentalité, au rang 2, le 12 juillet 2024
    Et que la priorité « Maison de santé » est choisie sur la santé, au rang 3, le 12 juillet 2024
    Et que la fiche action « Navette du marché » est rédigée pour la priorité « Navette »
    Et que la fiche action « Café des parents » est rédigée pour la priorité « Relais des parents »
    Et que la fiche action « Consultations » est rédigée pour la priorité « Maison de santé »
    Et que le comité de pilotage décide : validation du plan d'actions
    Et que le compte rendu de cette réunion est rédigé et approuvé
    Et que le plan d'actions est validé avec les fiches « Navette du marché », « Café des parents » et « Consultations », sur le texte « Convention »
    Et que nous sommes le 20 décembre 2024
    Et que l'intercommunalité délibère le 2 décembre 2024, exécutoire le 5 décembre 2024
    Et que la Caf décide de signer le 3 décembre 2024
    Et que la MSA décide de signer le 4 décembre 2024
    Et que l'intercommunalité signe le texte « Convention » le 16 décembre 2024
    Et que la Caf signe le texte « Convention » le 16 décembre 2024
    Et que la MSA signe le texte « Convention » le 16 décembre 2024
    Et que nous sommes le 1er janvier 2025
    Et que la convention est mise en vigueur
    Et que nous sommes le 2 janvier 2025
    Et que l'intercommunalité dit en cours chacune des actions « Navette du marché », « Café des parents » et « Consultations »
    Et que nous sommes le 4 avril 2025
    Et que l'intercommunalité dit en cours chacune des actions « Navette du marché », « Café des parents » et « Consultations »
    Et que nous sommes le 3 juillet 2025
    Et que l'intercommunalité dit en cours chacune des actions « Navette du marché », « Café des parents » et « Consultations »
    Et que nous sommes le 6 octobre 2025
    Et que l'intercommunalité dit en cours chacune des actions « Navette du marché », « Café des parents » et « Consultations »
    Et que nous sommes le 6 janvier 2026
    Et que l'intercommunalité dit en cours chacune des actions « Navette du marché », « Café des parents » et « Consultations »
    Et que nous sommes le 20 mars 2026
    Et que le comité de pilotage décide : validation d'un bilan
    Quand le bilan annuel de 2025 est enregistré, avec son compte rendu
    Alors c'est accepté
    Et la convention est signée
    Et le plan d'actions est signé
    Et toutes les échéances jusqu'ici sont tenues
    Et la prochaine échéance est « point d'avancement d'une action », le 10 juillet 2026
    Et le journal dit, dans l'ordre :
      | La convention a été ouverte                  |
      | Les partenaires ont confirmé leur engagement |
      | Le diagnostic a été partagé                  |
      | Le forum s'est tenu                          |
      | Le forum s'est tenu                          |
      | Une priorité a été choisie                   |
      | Une priorité a été choisie                   |
      | Une priorité a été choisie                   |
      | Le comité de pilotage a validé le plan       |
      | a autorisé sa signature                      |
      | a signé                                      |
      | La convention est signée                     |
      | Le plan d'actions est signé                  |
      | a signé                                      |
      | La convention est entrée en vigueur          |
      | Le bilan a été fait                          |
