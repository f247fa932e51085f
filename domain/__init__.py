"""The domain. Importing it registers every aggregate, event, command and rule under its stable topic or name."""

import domain.action_sheets.drafting
import domain.agenda
import domain.assignments
import domain.convention.activating
import domain.convention.authorising
import domain.convention.changing_method
import domain.convention.closing
import domain.convention.counting
import domain.convention.diagnosis
import domain.convention.earlier
import domain.convention.expiring
import domain.convention.extending
import domain.convention.forums
import domain.convention.opening
import domain.convention.plan
import domain.convention.priorities
import domain.convention.renewing
import domain.convention.reviews
import domain.convention.saying_no
import domain.convention.signatories
import domain.convention.signing
import domain.convention.taking_over
import domain.convention.themes
import domain.convention.waivers
import domain.convention.withdrawing
import domain.corrections
import domain.endings
import domain.frameworks
import domain.partner_keys
import domain.partners
import domain.perimeters
import domain.profiles
import domain.silencing
import domain.steering
import domain.territories
import domain.twins  # noqa: F401
